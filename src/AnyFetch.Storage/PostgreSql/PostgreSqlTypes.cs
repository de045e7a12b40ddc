using System.Runtime.CompilerServices;
using AnyFetch.Storage.Database;
using Npgsql;
using NpgsqlTypes;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>
/// Gives values to statements. A null has no type of its own, and a statement whose types vary would be prepared
/// again and again, so the type of each parameter is remembered from its first value.
/// </summary>
internal sealed class PostgreSqlTypes
{
    private readonly ConditionalWeakTable<string, NpgsqlDbType[]> _known = [];

    public void Bind(string sql, NpgsqlParameterCollection parameters, ReadOnlySpan<SqlValue> values)
    {
        var types = _known.GetValue(sql, static _ => new NpgsqlDbType[64]);
        for (var index = 0; index < values.Length; index++)
        {
            parameters.Add(Parameter(in values[index], ref types[index]));
        }
    }

    private static NpgsqlParameter Parameter(in SqlValue value, ref NpgsqlDbType type)
    {
        switch (value.Kind)
        {
            case SqlValueKind.Number:
                type = NpgsqlDbType.Bigint;
                return new NpgsqlParameter<long> { TypedValue = value.Number, NpgsqlDbType = type };
            case SqlValueKind.Text:
                type = NpgsqlDbType.Text;
                return new NpgsqlParameter<string> { TypedValue = Storable(value.Text), NpgsqlDbType = type };
            case SqlValueKind.Bytes:
                type = NpgsqlDbType.Bytea;
                return new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value.Bytes, NpgsqlDbType = type };
            case SqlValueKind.Id:
                type = NpgsqlDbType.Bytea;
                return new NpgsqlParameter<byte[]> { TypedValue = value.Id.ToByteArray(), NpgsqlDbType = type };
            default:
                var parameter = new NpgsqlParameter { Value = DBNull.Value };
                if (type != default)
                {
                    parameter.NpgsqlDbType = type;
                }

                return parameter;
        }
    }

    /// <summary>PostgreSQL's texts cannot hold NUL; the replacement character says that something stood there.</summary>
    private static string Storable(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
}
