using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SeededFaults : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "SeededFaultId",
                table: "Evidence",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "FaultsAllowed",
                table: "Devices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Guesses");

            migrationBuilder.DropTable(
                name: "SeededFaults");

            migrationBuilder.DropColumn(
                name: "SeededFaultId",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "FaultsAllowed",
                table: "Devices");
        }
    }
}
