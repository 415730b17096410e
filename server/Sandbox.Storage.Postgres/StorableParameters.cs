using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sandbox.Storage.Postgres;

/// <summary>Gives EF Core's commands text that PostgreSQL takes: also a search for NUL then finds nothing instead of failing.</summary>
internal sealed class StorableParameters : DbCommandInterceptor
{
    /// <inheritdoc/>
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        foreach (DbParameter parameter in result.Parameters)
            if (parameter.Value is string text) parameter.Value = StorableText.Of(text);
        return result;
    }
}
