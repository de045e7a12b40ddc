using System.Collections;
using System.Data.Common;

namespace AnyFetch.Sqlite;

/// <summary>The parameters of a command.</summary>
public sealed class SqliteParameterCollection : DbParameterCollection
{
    private readonly List<SqliteParameter> _parameters = [];

    /// <inheritdoc/>
    public override int Count => _parameters.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    /// <summary>Adds a named value.</summary>
    public SqliteParameter Add(string name, object? value)
    {
        var parameter = new SqliteParameter(name, value);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <inheritdoc/>
    public override int Add(object value)
    {
        _parameters.Add(Own(value));
        return _parameters.Count - 1;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
            _parameters.Add(Own(value));
    }

    /// <inheritdoc/>
    public override void Clear() => _parameters.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is SqliteParameter own ? _parameters.IndexOf(own) : -1;

    /// <inheritdoc/>
    public override int IndexOf(string parameterName) =>
        _parameters.FindIndex(parameter => parameter.ParameterName == parameterName);

    /// <inheritdoc/>
    public override void Insert(int index, object value) => _parameters.Insert(index, Own(value));

    /// <inheritdoc/>
    public override void Remove(object value) => _parameters.Remove(Own(value));

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(Position(parameterName));

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => _parameters[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => _parameters[Position(parameterName)];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Own(value);

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) =>
        _parameters[Position(parameterName)] = Own(value);

    /// <summary>Gives each of the statement's parameters its value: by name, or by position for a bare <c>?</c>.</summary>
    internal void BindTo(SqliteStatement statement)
    {
        var names = statement.ParameterNames;
        for (var index = 0; index < names.Length; index++)
        {
            var parameter = names[index] is { } name && name[0] != '?'
                ? Find(name)
                : index < _parameters.Count ? _parameters[index] : null;
            if (parameter is null)
                throw new InvalidOperationException($"The parameter {names[index] ?? $"number {index + 1}"} has no value.");
            parameter.BindTo(statement, index + 1);
        }
    }

    private SqliteParameter? Find(string nameWithPrefix)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.IsNamed(nameWithPrefix))
                return parameter;
        }

        return null;
    }

    private int Position(string name) => IndexOf(name) is >= 0 and var index
        ? index
        : throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such parameter.");

    private static SqliteParameter Own(object value) => value as SqliteParameter
        ?? throw new ArgumentException("Only a SqliteParameter can be added.", nameof(value));
}
