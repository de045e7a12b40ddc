using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Pages;

/// <summary>What the OpenAPI document says about pages of documents.</summary>
internal static class PageDescriptions
{
    private const string Tag = "Batch";

    public static EndpointDescription Post { get; } = new(
        "sendPage",
        Tag,
        "Many documents and deletions at once, all or none",
        AnswerDescription.Json("What the page did.", Schema.Ref("PageReceipt")))
    {
        Text = "One JSON object a line. All lines are made in one transaction; a line that is refused refuses the page, and the "
            + "message names it. The rules are those of `POST /documents` and of `DELETE`; deletions need the scope "
            + "`delete_documents` and may name what is gone already. No document may be in a page twice. The same page under "
            + "the same key gets the answer of the first time, with the header `Idempotency-Replayed: true`; another page "
            + "under that key is 409. Files are sent afterwards, each on its own route. At most `Api:PageBytesMax` bytes, "
            + "`Api:PageLinesMax` lines and `Api:PageLineBytesMax` bytes a line.",
        Parameters =
        [
            new("key", Schema.Text, "A name for this page, unique among the token's pages.", "2f6c0e5e-page-7") { IsRequired = true },
        ],
        Body = DescribedBody.Of("PageLine") with { MediaTypes = ["application/x-ndjson"], IsRequired = false },
        Errors =
        [
            ErrorCode.Forbidden, ErrorCode.InsecureOperation, ErrorCode.MissingParameter, ErrorCode.TooManyArguments,
        ],
    };

    public static EndpointDescription GetState { get; } = new(
        "getPageState",
        Tag,
        "How far the calling token's pages are",
        AnswerDescription.Json("The checkpoint of the last page that had one, and what could not be read.", Schema.Ref("PageState")))
    {
        Text = "For providers without a store of their own: they go on from the checkpoint. A reset forgets it.",
        Errors = [ErrorCode.Forbidden],
    };
}
