using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>What the OpenAPI document says about hydraters' answers.</summary>
internal static class HydrationDescriptions
{
    private const string Tag = "Hydraters";

    public static EndpointDescription Answer { get; } = new(
        "answerTask",
        Tag,
        "Answer a task",
        AnswerDescription.Done("Merged into the document."))
    {
        Text = "The `callback` that a hydrater was given: its path is its credential. 410 once the task is "
            + "over or the document is gone.",
        Body = DescribedBody.Of("HydraterAnswer"),
        Errors = [ErrorCode.Gone],
    };

    public static EndpointDescription GetFile { get; } = new(
        "getTaskFile",
        Tag,
        "The file of a task",
        new AnswerDescription(200, "The file. `Range` is understood.") { MediaType = "application/octet-stream" })
    {
        Text = "The `file_path` that a hydrater was given: its path is its credential.",
        Errors = [ErrorCode.Gone, ErrorCode.ResourceNotFound],
        OtherAnswers = [new AnswerDescription(206, "The part that `Range` asked for.") { MediaType = "application/octet-stream" },
            new AnswerDescription(304, "`If-None-Match` names the file that is held."),
            new AnswerDescription(416, "`Range` is outside the file.")],
    };

    public static EndpointDescription HydrateAgain { get; } = new(
        "hydrateDocument",
        Tag,
        "Run hydraters again",
        AnswerDescription.Done("They will run."))
    {
        Text = "One that needs the file cannot run once the file is discarded: 409 `InvalidArgument`.",
        Body = DescribedBody.Of("HydrateAgain") with { IsRequired = false },
    };
}
