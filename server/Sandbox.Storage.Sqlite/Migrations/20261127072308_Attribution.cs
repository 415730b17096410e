using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Attribution : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "LoggedState",
                table: "Evidence",
                newName: "LoggedRevision");

            migrationBuilder.AddColumn<string>(
                name: "ActId",
                table: "Evidence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ActReportId",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HappenedAt",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NotBefore",
                table: "Evidence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "NamedPersonId",
                table: "Evidence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reservation",
                table: "Evidence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Revision",
                table: "Evidence",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // What was logged is named by its revision from now on; until now it was by its state, of which these are the numbers.
            migrationBuilder.Sql("UPDATE \"Evidence\" SET \"Revision\" = \"State\"");

            migrationBuilder.CreateTable(
                name: "HeldAccounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedBy = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldAccounts", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_HeldAccounts_PersonId",
                table: "HeldAccounts",
                column: "PersonId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The build before knows no evidence that counts for nobody, and names what was logged by its state.
            migrationBuilder.Sql("UPDATE \"Evidence\" SET \"State\" = 2 WHERE \"State\" = 3");
            migrationBuilder.Sql("UPDATE \"Evidence\" SET \"LoggedRevision\" = \"State\" WHERE \"LoggedRevision\" IS NOT NULL");

            migrationBuilder.DropTable(
                name: "HeldAccounts");

            migrationBuilder.DropColumn(
                name: "ActId",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "ActReportId",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "HappenedAt",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "NotBefore",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "NamedPersonId",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "Reservation",
                table: "Evidence");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "Evidence");

            migrationBuilder.RenameColumn(
                name: "LoggedRevision",
                table: "Evidence",
                newName: "LoggedState");
        }
    }
}
