using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class FaultsScopesAndLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LongestGapMs",
                table: "Findings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Boot",
                table: "Evidence",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "SeededFaultId",
                table: "Evidence",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenAfterDay",
                table: "Evidence",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenAfterHour",
                table: "Evidence",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenAfterRestart",
                table: "Evidence",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SeenElsewhere",
                table: "Evidence",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenElsewhereReportId",
                table: "Evidence",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "FaultsAllowed",
                table: "Devices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Role",
                table: "Devices",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CompromiseMarks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<byte[]>(type: "bytea", nullable: true),
                    Account = table.Column<string>(type: "text", nullable: false),
                    Since = table.Column<DateOnly>(type: "date", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    MarkedAt = table.Column<long>(type: "bigint", nullable: false),
                    MarkedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompromiseMarks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeviceGroups",
                columns: table => new
                {
                    DeviceId = table.Column<byte[]>(type: "bytea", nullable: false),
                    Group = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeviceGroups", x => new { x.DeviceId, x.Group });
                });

            migrationBuilder.CreateTable(
                name: "Guesses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Words = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Guesses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SeededFaults",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<byte[]>(type: "bytea", nullable: false),
                    Fault = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    AppliedAt = table.Column<long>(type: "bigint", nullable: true),
                    SettledAt = table.Column<long>(type: "bigint", nullable: true),
                    Why = table.Column<string>(type: "text", nullable: true),
                    Place = table.Column<string>(type: "text", nullable: true),
                    What = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeededFaults", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CompromiseMarks_DeviceId",
                table: "CompromiseMarks",
                column: "DeviceId");

            migrationBuilder.CreateIndex(
                name: "IX_Guesses_AssignmentId",
                table: "Guesses",
                column: "AssignmentId");

            migrationBuilder.CreateIndex(
                name: "IX_SeededFaults_AssignmentId",
                table: "SeededFaults",
                column: "AssignmentId");

            migrationBuilder.CreateIndex(
                name: "IX_SeededFaults_DeviceId",
                table: "SeededFaults",
                column: "DeviceId");

            migrationBuilder.CreateIndex(
                name: "IX_SeededFaults_Open",
                table: "SeededFaults",
                column: "DueAt",
                filter: "\"SettledAt\" IS NULL");

            // What held was seen a day after it was noted or later, and by then an hour later as well.
            migrationBuilder.Sql("UPDATE \"Evidence\" SET \"SeenAfterHour\" = \"StateSince\", \"SeenAfterDay\" = \"StateSince\" WHERE \"State\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CompromiseMarks");

            migrationBuilder.DropTable(
                name: "DeviceGroups");

            migrationBuilder.DropTable(
                name: "Guesses");

            migrationBuilder.DropTable(
                name: "SeededFaults");

            migrationBuilder.DropColumn(
                name: "LongestGapMs",
                table: "Findings");

            migrationBuilder.DropColumn(
                name: "Boot",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "SeededFaultId",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "SeenAfterDay",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "SeenAfterHour",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "SeenAfterRestart",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "SeenElsewhere",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "SeenElsewhereReportId",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "FaultsAllowed",
                table: "Devices");

            migrationBuilder.DropColumn(
                name: "Role",
                table: "Devices");
        }
    }
}
