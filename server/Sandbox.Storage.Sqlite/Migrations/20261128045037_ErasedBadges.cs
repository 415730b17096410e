using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ErasedBadges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ErasedBadges",
                columns: table => new
                {
                    Digest = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasedBadges", x => x.Digest);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ErasedBadges");
        }
    }
}
