using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HardwareNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "HardwareNames",
                columns: table => new
                {
                    DeviceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HardwareNames", x => new { x.DeviceId, x.Name });
                });

            // One name of each device is known; the others come with its next report.
            migrationBuilder.Sql(
                """INSERT INTO "HardwareNames" ("DeviceId", "Name") SELECT "Id", "HardwareId" FROM "Devices" WHERE "HardwareId" IS NOT NULL""");

            migrationBuilder.CreateIndex(
                name: "IX_HardwareNames_Name",
                table: "HardwareNames",
                column: "Name");

            migrationBuilder.DropIndex(
                name: "IX_Devices_HardwareId",
                table: "Devices");

            // In SQLite's own words: EF would build the table anew, outside of the transaction, and a server that is killed in between could not start again.
            migrationBuilder.Sql("""ALTER TABLE "Devices" DROP COLUMN "HardwareId";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HardwareNames");

            migrationBuilder.AddColumn<string>(
                name: "HardwareId",
                table: "Devices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Devices_HardwareId",
                table: "Devices",
                column: "HardwareId");
        }
    }
}
