using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActionMail.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SenderVerification : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "sender_demand",
                table: "organizations",
                type: "TEXT",
                nullable: false,
                defaultValue: "Standard");

            migrationBuilder.AddColumn<bool>(
                name: "is_sender_verified",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "sender",
                table: "mails",
                type: "TEXT",
                nullable: true);

            // Until now a signed card was the only proof of a sender.
            migrationBuilder.Sql("UPDATE messages SET is_sender_verified = TRUE WHERE card_state = 'Active' AND is_self_test = FALSE");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "sender_demand",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "is_sender_verified",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "sender",
                table: "mails");
        }
    }
}
