namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>An attachment of another record, the older kind of file.</summary>
internal sealed record AttachmentRecord() : BodyRecord("Attachment", "00P")
{
    public override IReadOnlyList<string> Fields { get; } = ["Name", "BodyLength", "ContentType", "ParentId"];

    protected override string BodyField => "Body";

    protected override string SizeField => "BodyLength";

    protected override string FileName(SalesforceRecord record) => record.Text("Name") ?? "attachment";

    // Salesforce tells no hash: with each change of the record its content is sent again.
    protected override string? ContentVersion(SalesforceRecord record) => null;
}
