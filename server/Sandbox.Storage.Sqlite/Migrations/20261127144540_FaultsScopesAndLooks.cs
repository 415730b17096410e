using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Boot",
                table: "Evidence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "SeededFaultId",
                table: "Evidence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenAfterDay",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenAfterHour",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenAfterRestart",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SeenElsewhere",
                table: "Evidence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenElsewhereReportId",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "FaultsAllowed",
                table: "Devices",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Role",
                table: "Devices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CompromiseMarks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    Since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    MarkedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MarkedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompromiseMarks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeviceGroups",
                columns: table => new
                {
                    DeviceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Group = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeviceGroups", x => new { x.DeviceId, x.Group });
                });

            migrationBuilder.CreateTable(
                name: "Guesses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Guesses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SeededFaults",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Fault = table.Column<int>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AppliedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Why = table.Column<string>(type: "TEXT", nullable: true),
                    Place = table.Column<string>(type: "TEXT", nullable: true),
                    What = table.Column<string>(type: "TEXT", nullable: true)
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
