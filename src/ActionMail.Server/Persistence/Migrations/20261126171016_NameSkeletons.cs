using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActionMail.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class NameSkeletons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "name_skeleton",
                table: "providers",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "base_revision",
                table: "provider_drafts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_providers_name_skeleton",
                table: "providers",
                column: "name_skeleton");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_providers_name_skeleton",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "name_skeleton",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "base_revision",
                table: "provider_drafts");
        }
    }
}
