namespace AnyFetch.Providers.Evernote.Thrift;

/// <summary>The head of one field of a struct.</summary>
internal readonly record struct ThriftField(short Id, ThriftType Type);
