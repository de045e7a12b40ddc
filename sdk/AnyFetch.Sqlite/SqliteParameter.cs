using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace AnyFetch.Sqlite;

/// <summary>A value for a named parameter; the name may be written with or without its prefix.</summary>
/// <remarks>
/// Values: null, <see cref="DBNull"/>, booleans (1 and 0), integers and enums, floating point numbers, texts,
/// byte arrays and memories. Others are refused rather than guessed: dates for instance are stored as the
/// integer or the text that their owner chooses.
/// </remarks>
public sealed class SqliteParameter : DbParameter
{
    /// <summary>A parameter to be named.</summary>
    public SqliteParameter()
    {
    }

    /// <summary>A named value.</summary>
    public SqliteParameter(string name, object? value)
    {
        ParameterName = name;
        Value = value;
    }

    /// <summary>Kept for callers that set it; the value's own type decides.</summary>
    public override DbType DbType { get; set; } = DbType.Object;

    /// <summary>Always <see cref="ParameterDirection.Input"/>.</summary>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw new NotSupportedException("SQLite has input parameters only.");
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; } = true;

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName { get; set => field = value ?? ""; } = "";

    /// <inheritdoc/>
    public override int Size { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn { get; set => field = value ?? ""; } = "";

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    /// <inheritdoc/>
    public override void ResetDbType() => DbType = DbType.Object;

    internal bool IsNamed(ReadOnlySpan<char> nameWithPrefix)
    {
        ReadOnlySpan<char> own = ParameterName;
        return own.SequenceEqual(nameWithPrefix) || own.SequenceEqual(nameWithPrefix[1..]);
    }

    internal void BindTo(SqliteStatement statement, int index)
    {
        switch (Value)
        {
            case null or DBNull: statement.BindNull(index); break;
            case string text: statement.BindText(index, text); break;
            case long number: statement.Bind(index, number); break;
            case int number: statement.Bind(index, (long)number); break;
            case bool flag: statement.Bind(index, flag ? 1L : 0L); break;
            case byte[] bytes: statement.BindBlob(index, bytes); break;
            case ReadOnlyMemory<byte> bytes: statement.BindBlob(index, bytes.Span); break;
            case Memory<byte> bytes: statement.BindBlob(index, bytes.Span); break;
            case double number: statement.Bind(index, number); break;
            case float number: statement.Bind(index, (double)number); break;
            case char letter: statement.BindText(index, [letter]); break;
            case Enum or short or byte or sbyte or ushort or uint or ulong:
                statement.Bind(index, Convert.ToInt64(Value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException(
                    $"Parameter {ParameterName}: SQLite stores no {Value.GetType().Name}; give a number, a text or bytes.");
        }
    }
}
