using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Postgres.Migrations
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
                    DeviceId = table.Column<byte[]>(type: "bytea", nullable: false),
                    Span = table.Column<int>(type: "integer", nullable: false),
                    Slot = table.Column<long>(type: "bigint", nullable: false),
                    Interface = table.Column<string>(type: "text", nullable: false),
                    MeasuredMs = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedBytes = table.Column<long>(type: "bigint", nullable: false),
                    SentBytes = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedPackets = table.Column<long>(type: "bigint", nullable: false),
                    SentPackets = table.Column<long>(type: "bigint", nullable: false),
                    Errors = table.Column<long>(type: "bigint", nullable: false),
                    Drops = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedPeak = table.Column<long>(type: "bigint", nullable: false),
                    SentPeak = table.Column<long>(type: "bigint", nullable: false)
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
