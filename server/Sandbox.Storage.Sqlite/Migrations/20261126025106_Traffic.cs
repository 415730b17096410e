using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Traffic : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Traffic",
                columns: table => new
                {
                    DeviceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Span = table.Column<int>(type: "INTEGER", nullable: false),
                    Slot = table.Column<long>(type: "INTEGER", nullable: false),
                    Interface = table.Column<string>(type: "TEXT", nullable: false),
                    MeasuredMs = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    SentBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedPackets = table.Column<long>(type: "INTEGER", nullable: false),
                    SentPackets = table.Column<long>(type: "INTEGER", nullable: false),
                    Errors = table.Column<long>(type: "INTEGER", nullable: false),
                    Drops = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedPeak = table.Column<long>(type: "INTEGER", nullable: false),
                    SentPeak = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Traffic", x => new { x.DeviceId, x.Span, x.Slot, x.Interface });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Traffic");
        }
    }
}
