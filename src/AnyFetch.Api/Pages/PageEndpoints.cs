using AnyFetch.Api.Documents;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Pages;

namespace AnyFetch.Api.Pages;

/// <summary>
/// The batch door: what a provider found in one stretch of its source, in one request that is made once and as a whole.
/// </summary>
internal sealed class PageEndpoints(
    IPageStore pages,
    DocumentChanges changes,
    DocumentTypeCatalog catalog,
    TimeProvider timeProvider)
{
    private const string Key = "key";
    private const string Replayed = "Idempotency-Replayed";

    public void Map(ApiRoutes routes)
    {
        routes.Post("/batch", PostAsync).RequireScope(Scopes.WriteDocuments).TokenOnly().NotForTasks()
            .Describe(PageDescriptions.Post);
        routes.Get("/batch/state", GetStateAsync).RequireScope(Scopes.WriteDocuments).TokenOnly().NotForTasks()
            .Describe(PageDescriptions.GetState);
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var key = call.Query(Key);
        if (string.IsNullOrEmpty(key))
        {
            return Error.MissingParameter(Key);
        }

        if (key.Length > DocumentPage.KeyCharsMax || key.Any(char.IsControl)
            || key.Any(char.IsSurrogate))
        {
            return Error.InvalidArgument($"The parameter '{Key}' must be text of at most {DocumentPage.KeyCharsMax} characters.");
        }

        var types = await catalog.GetAsync(call.Aborted).ConfigureAwait(false);
        var now = timeProvider.GetUtcNow();
        using var lines = new PageLines(types, call.Caller.Scopes.HasFlag(Scopes.DeleteDocuments), now);
        var limits = new LineLimits(call.Options.PageBytesMax, call.Options.PageLineBytesMax, call.Options.PageLinesMax);
        if (await LineReader.ReadAsync(call.Http.Request, limits, lines.Take).ConfigureAwait(false) is { } malformed)
        {
            return malformed;
        }

        var (steps, error) = await PlanAsync(call, lines).ConfigureAwait(false);
        if (error is not null)
        {
            return error;
        }

        var page = new DocumentPage
        {
            Company = call.Caller.Company.Id,
            Provider = call.Caller.Token!.Id,
            Key = key,
            Digest = lines.Digest(),
            Steps = steps,
            Failures = lines.Failures,
            Checkpoint = lines.Checkpoint,
            SentAt = now,
        };
        return Answer(call, await pages.ApplyAsync(page, call.Aborted).ConfigureAwait(false));
    }

    private async ValueTask<(IReadOnlyList<PageStep> Steps, Error? Error)> PlanAsync(ApiCall call, PageLines lines)
    {
        var steps = new List<PageStep>(lines.Documents.Count + lines.Deletions.Count);
        var users = new KnownUsers();
        foreach (var (line, body) in lines.Documents)
        {
            var resolved = await changes
                .ResolveAsync(call.Caller, new DocumentUpload(body, null), users, call.Aborted)
                .ConfigureAwait(false);
            if (resolved.Change is not { } change)
            {
                return ([], PageLines.OfLine(line, resolved.Error));
            }

            steps.Add(ToStep(
                line,
                await changes.PlanPutAsync(call.Caller, body, change, call.Aborted).ConfigureAwait(false)));
        }

        foreach (var (line, identifier) in lines.Deletions)
        {
            var key = DocumentKey.ByIdentifier(call.Caller.Company.Id, call.Caller.Token!.Id, identifier);
            steps.Add(ToStep(line, DocumentChanges.Delete(call.Caller, key)));
        }

        steps.Sort((one, other) => one.Line.CompareTo(other.Line));
        return (steps, null);
    }

    // What is gone already need not be deleted again; every other error refuses the page.
    private static PageStep ToStep(int line, DocumentStep step) => new(line, step.Key, stored =>
    {
        var decision = step.Decide(stored);
        var error = stored is null && decision.Result.Error is { Code: ErrorCode.ResourceNotFound } ? null : decision.Result.Error;
        return new DocumentDecision<Error?>(decision.Effect, decision.Document, error)
        {
            NewJobs = decision.NewJobs,
            EndedJobs = decision.EndedJobs,
        };
    });

    private static ApiResult Answer(ApiCall call, PageOutcome outcome)
    {
        if (outcome.Receipt is not { } receipt)
        {
            return PageLines.OfLine(outcome.Line, outcome.Error)!;
        }

        if (outcome.IsReplay)
        {
            call.Http.Response.Headers[Replayed] = "true";
        }

        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("created"u8, receipt.Created);
            writer.WriteNumber("updated"u8, receipt.Updated);
            writer.WriteNumber("deleted"u8, receipt.Deleted);
            writer.WriteNumber("missing"u8, receipt.Missing);
            writer.WriteNumber("failures"u8, receipt.Failures);
            writer.WriteEndObject();
        });
    }

    private async ValueTask<ApiResult> GetStateAsync(ApiCall call)
    {
        var state = await pages.FindStateAsync(call.Caller.Company.Id, call.Caller.Token!.Id, call.Aborted)
            .ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("checkpoint"u8, state.Checkpoint);
            writer.WriteNumber("pages"u8, state.Pages);
            writer.WriteDate("updated"u8, state.UpdatedAt);
            writer.WriteStartArray("failures"u8);
            foreach (var failure in state.Failures)
            {
                writer.WriteStartObject();
                writer.WriteString("identifier"u8, failure.Identifier);
                writer.WriteString("title"u8, failure.Title);
                writer.WriteString("code"u8, failure.Code);
                writer.WriteString("message"u8, failure.Message);
                writer.WriteDate("date"u8, failure.At);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
