namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Reads one format. Damaged content throws; running into the document's limit just ends.</summary>
internal delegate void FormatReader(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken);

/// <summary>The file to read and how much of a text file is looked at.</summary>
internal sealed record FormatInput(string Path, int TextFileBytesMax);
