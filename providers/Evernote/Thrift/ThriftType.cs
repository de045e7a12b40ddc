namespace AnyFetch.Providers.Evernote.Thrift;

/// <summary>The types of Thrift's binary protocol, by their number on the wire.</summary>
internal enum ThriftType : byte
{
    /// <summary>The end of a struct.</summary>
    Stop = 0,

    Bool = 2,

    Byte = 3,

    Double = 4,

    Int16 = 6,

    Int32 = 8,

    Int64 = 10,

    /// <summary>Text in UTF-8, and binary data as well.</summary>
    Text = 11,

    Struct = 12,

    Map = 13,

    Set = 14,

    List = 15,
}
