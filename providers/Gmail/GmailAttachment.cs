using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Gmail;

/// <summary>An attachment, as it travels through the queue.</summary>
/// <param name="Identifier">The document's identifier.</param>
/// <param name="Thread">The thread's identifier.</param>
/// <param name="MessageId">The message that brought it.</param>
/// <param name="PartId">Its part there.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Type">Its media type, as the sender says.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Date">The message's date.</param>
internal sealed record GmailAttachment(
    string Identifier, string Thread, string MessageId, string PartId, string Name, string Type, long Size,
    DateTimeOffset Date)
{
    public static GmailAttachment Read(SyncItem.Upsert item) =>
        item.Payload?.Deserialize(GmailJson.Default.GmailAttachment)
            ?? throw new InvalidOperationException("The queue holds an attachment without its message.");

    /// <summary>The item: nothing of it ever changes, so the message, the part and the size are its version.</summary>
    public SyncItem.Upsert ToUpsert(long rank)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"{MessageId} {PartId} {Size}");
        return new SyncItem.Upsert(Identifier)
        {
            Version = version,
            ContentVersion = version,
            Title = Name,
            Rank = rank,
            Payload = JsonSerializer.SerializeToNode(this, GmailJson.Default.GmailAttachment)!.AsObject(),
        };
    }

    public DocumentDraft Draft(SourceAccount account)
    {
        var path = CanonicalText.Compose("/" + Name.Replace('/', '_'));
        return new DocumentDraft
        {
            DocumentType = "file",
            CreationDate = Date,
            ModificationDate = Date,
            Metadata = new JsonObject { ["path"] = path, ["title"] = ReadableTitle.FromPath(path) },
            Actions = new Dictionary<string, string> { ["show"] = GmailIdentifiers.Show(account, Name, MessageId) },
            Related = [Thread],
        };
    }

    public DocumentFile File(GmailClient client, SourceAccount account) => new()
    {
        Name = Name,
        ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(Type, out _) ? Type : "application/octet-stream",
        Length = Size,
        Open = async token => await client.OpenAsync(account, MessageId, PartId, token),
    };
}
