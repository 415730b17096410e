using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sandbox.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Looks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Boot",
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

            // What held was seen a day after it was noted or later, and by then an hour later as well.
            migrationBuilder.Sql("UPDATE \"Evidence\" SET \"SeenAfterHour\" = \"StateSince\", \"SeenAfterDay\" = \"StateSince\" WHERE \"State\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Boot",
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
        }
    }
}
