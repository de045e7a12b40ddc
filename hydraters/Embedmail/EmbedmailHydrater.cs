using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Embedmail;

/// <summary>Takes quoted conversations out of mails, so that search finds new text only (hydraters.md §11).</summary>
public sealed class EmbedmailHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "embedmail";

    private readonly EmbedmailHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public EmbedmailHydrater(EmbedmailHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Removes quoted conversations from e-mails.",
            Filters = [FilterBuilder.ForType("email").Build(), FilterBuilder.ForType("email-thread").Build()],
            NeedsFile = false,
            RerunOn = ["metadata.messages", "metadata.text"],
            Concurrency = options.Concurrency,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var document = context.Document;
        if (document.DocumentType == "email-thread")
        {
            RewriteThread(context, cancellationToken);
        }
        else
        {
            var message = new QuotedMessage(document.MetadataText("text"), document.DataText("html"));
            Write(message, document.MetadataText("text"), document.DataText("html"), context);
        }

        return Task.FromResult(HydrationResult.Changed(context.Changes));
    }

    private void Write(QuotedMessage message, string? textBefore, string? htmlBefore, HydrationContext context)
    {
        if (message.Text is { } text && text != textBefore)
        {
            context.Changes.Text = text;
        }

        if (message.Html is { } html && html != htmlBefore)
        {
            context.Changes.Html = html;
            if (_options.KeepsQuotedHtml && htmlBefore is not null)
            {
                context.Changes.Data["quoted_html"] = htmlBefore;
            }
        }
    }

    private void RewriteThread(HydrationContext context, CancellationToken cancellationToken)
    {
        var texts = Messages(context.Document.Metadata);
        var pages = Messages(context.Document.Data);
        var count = Math.Max(texts.Count, pages.Count);
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = i < texts.Count ? texts[i] : Grow(texts);
            var page = i < pages.Count ? pages[i] : Grow(pages);
            if (i >= _options.MessagesMax)
            {
                continue;
            }

            var message = new QuotedMessage(TextIn(text, "text"), TextIn(page, "html"));
            Set(text, "text", message.Text);
            Set(page, "html", message.Html);
        }

        if (count > 0)
        {
            context.Changes.Metadata["messages"] = new JsonArray([.. texts]);
            context.Changes.Data["messages"] = new JsonArray([.. pages]);
        }
    }

    /// <summary>Copies of a map's messages; one that is no object counts as empty.</summary>
    private static List<JsonObject> Messages(JsonElement map) =>
        map.TryGetProperty("messages", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.Object ? JsonObject.Create(m.Clone())! : [])]
            : [];

    private static JsonObject Grow(List<JsonObject> messages)
    {
        messages.Add([]);
        return messages[^1];
    }

    private static string? TextIn(JsonObject message, string key) =>
        message[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static void Set(JsonObject message, string key, string? text)
    {
        if (text is not null)
        {
            message[key] = text;
        }
    }
}
