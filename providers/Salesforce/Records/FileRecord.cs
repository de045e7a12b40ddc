namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>A file: the latest version of a content document, which keeps its id. A note of the newer kind is one in HTML.</summary>
internal sealed record FileRecord() : BodyRecord("File", "069")
{
    private const string Note = "SNOTE";

    public override string Object => "ContentVersion";

    public override string DeletedObject => "ContentDocument";

    public override string IdField => "ContentDocumentId";

    public override string? Condition => "IsLatest = true";

    public override IReadOnlyList<string> Fields { get; } =
        ["ContentDocumentId", "Title", "FileExtension", "FileType", "ContentSize", "Checksum"];

    protected override string BodyField => "VersionData";

    protected override string SizeField => "ContentSize";

    public override bool Counts(SalesforceRecord record) => record.Text("ContentDocumentId") is not null;

    protected override string FileName(SalesforceRecord record)
    {
        var title = record.Text("Title") ?? "file";
        var extension = record.Text("FileType") == Note ? "html" : record.Text("FileExtension");
        return extension is null || title.EndsWith("." + extension, StringComparison.OrdinalIgnoreCase)
            ? title
            : $"{title}.{extension}";
    }

    protected override string? ContentVersion(SalesforceRecord record) => record.Text("Checksum");
}
