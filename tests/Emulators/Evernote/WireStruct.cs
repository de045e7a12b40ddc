namespace AnyFetch.Emulators.Evernote;

/// <summary>
/// A Thrift struct as the IDL writes it down: numbers and values. It is written for this emulator alone, so that a wrong
/// number in a client has nothing here to agree with.
/// </summary>
public sealed class WireStruct : SortedDictionary<short, object>
{
    /// <summary>Sets a field unless the value is null, as optional fields are.</summary>
    public WireStruct With(short id, object? value)
    {
        if (value is not null)
        {
            this[id] = value;
        }

        return this;
    }

    public string Text(short id) =>
        TryGetValue(id, out var value) ? System.Text.Encoding.UTF8.GetString((byte[])value) : "";

    public int Number(short id) => TryGetValue(id, out var value) ? (int)value : 0;

    public bool Flag(short id) => TryGetValue(id, out var value) && (bool)value;

    public WireStruct Part(short id) => TryGetValue(id, out var value) ? (WireStruct)value : [];
}
