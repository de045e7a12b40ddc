namespace AnyFetch.Providers.LocalDirectory;

/// <summary>Whether nobody wants a file of this name, or a directory with all that is in it.</summary>
internal delegate bool JunkTest(ReadOnlySpan<char> name, bool isDirectory);
