using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActionMail.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class NoticeIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_notices_id",
                table: "notices",
                column: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_notices_id",
                table: "notices");
        }
    }
}
