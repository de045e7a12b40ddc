namespace AnyFetch.Providers.Evernote.Thrift;

/// <summary>What a message is, by its number on the wire.</summary>
internal enum ThriftMessageKind : byte
{
    Call = 1,

    Reply = 2,

    /// <summary>The server did not understand the call at all.</summary>
    Exception = 3,
}
