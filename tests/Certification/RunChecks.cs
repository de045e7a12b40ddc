using System.Net;
using System.Text.Json.Nodes;

namespace AnyFetch.Certification;

/// <summary>Updates, and what they send (provider-protocol, sections 4 to 7).</summary>
internal static class RunChecks
{
    private const int BusyAnswers = 3;

    /// <summary>Until the end of what was sent before a removal is noticed, on a machine with much to do.</summary>
    private const int GivenUpSecondsMax = 10;

    /// <summary>
    /// How often a removed account is looked at after that, for two seconds in all. A machine that stands still takes one look with it;
    /// one long wait would be over with nothing seen.
    /// </summary>
    private const int Looks = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private static readonly string[] Times = ["time_spent_on_queue", "time_spent_on_tasks", "total_time_spent"];

    public static async Task TokenIsNeededAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        using var none = await session.Http.PostAsync("update", content: null, cancellationToken);
        await Expect.ErrorAsync(none, HttpStatusCode.Conflict, "MissingParameter");
        using var unknown = await session.UpdateAsync("unknown-token", cancellationToken);
        await Expect.ErrorAsync(unknown, HttpStatusCode.NotFound, "ResourceNotFound");
    }

    public static async Task FirstRunAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var token = session.Connected();
        var sent = await session.RunAsync(token, cancellationToken);
        if (sent.Count == 0)
        {
            throw new CheckSkippedException("The source has no item to send.");
        }

        session.Identifiers = sent;
        var report = session.Platform.Of("POST /track/provider-updated").Last(call => call.Token == token).Json;
        Expect.True(
            (bool?)report?["is_first"] == true && Times.All(name => (long?)report[name] >= 0),
            "The report must have is_first (true here), time_spent_on_queue, time_spent_on_tasks and total_time_spent.");
    }

    public static Task DocumentsAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        _ = session.Sent();
        foreach (var ((token, identifier), document) in session.Platform.Documents.Where(d => d.Key.Token == session.Token))
        {
            var access = document["user_access"] as JsonArray;
            Expect.True(
                access is { Count: 1 } && (string?)access[0] == token,
                $"{identifier}: user_access must hold the account's own token alone, unless permissions are mapped.");
            var rest = (JsonObject)document.DeepClone();
            rest.Remove("user_access");
            Expect.True(
                !rest.ToJsonString().Contains(token, StringComparison.Ordinal), $"{identifier}: the document holds the token.");
            Expect.True(
                document["metadata"] is JsonObject { Count: > 0 }, $"{identifier}: a title or a path is advised in metadata.");
        }

        return Task.CompletedTask;
    }

    public static async Task SecondRunAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var known = session.Sent();
        var again = await session.RunAsync(session.Token, cancellationToken);
        Expect.True(again.IsSubsetOf(known), "A run over an unchanged source made new identifiers: items would be doubled.");
        var report = session.Platform.Of("POST /track/provider-updated")[^1].Json;
        Expect.True((bool?)report?["is_first"] == false, "is_first must be true on the first run only.");
    }

    public static async Task PendingAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        _ = session.Sent();
        await HoldAsync(session, cancellationToken);
        using (var pending = await session.UpdateAsync(session.Token, cancellationToken))
        {
            Expect.Status(pending, HttpStatusCode.NoContent, HttpStatusCode.TooManyRequests);
        }

        using var forced = await session.UpdateAsync(session.Token, cancellationToken, ("force", "1"));
        Expect.Status(forced, HttpStatusCode.Accepted);
        session.Calm();
        await session.ReportedAsync(session.Token, cancellationToken);
    }

    public static async Task ResetAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var known = session.Sent();
        using var reset = await session.ResetAsync(session.Token, cancellationToken);
        Expect.Status(reset, HttpStatusCode.NoContent);
        var again = await session.RunAsync(session.Token, cancellationToken);
        Expect.True(again.SetEquals(known), $"After a reset {again.Count} of {known.Count} items were sent.");
        using var unknown = await session.ResetAsync("unknown-token", cancellationToken);
        Expect.Status(unknown, HttpStatusCode.NotFound);
    }

    public static async Task GoneAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        _ = session.Sent();
        using var reset = await session.ResetAsync(session.Token, cancellationToken);
        session.Platform.Intercept = call => call.Key == "POST /documents" ? new ForcedReply(410) : null;
        await session.RunAsync(session.Token, cancellationToken);
    }

    public static async Task BusyAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var known = session.Sent();
        using var reset = await session.ResetAsync(session.Token, cancellationToken);
        var left = BusyAnswers;
        session.Platform.Intercept = call => call.Key == "POST /documents" && Interlocked.Decrement(ref left) >= 0
            ? new ForcedReply(503, RetryAfter: "1")
            : null;
        session.Platform.Documents.Clear();
        await session.RunAsync(session.Token, cancellationToken);
        var arrived = session.Platform.Documents.Keys.Select(key => key.Identifier).ToHashSet();
        Expect.True(arrived.SetEquals(known), $"The core was away for a moment, and {known.Except(arrived).Count()} items were lost.");
    }

    public static async Task CrashAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        if (!session.Process.IsOurs)
        {
            throw new CheckSkippedException("Give --run COMMAND, so that the provider can be killed and started again.");
        }

        var known = session.Sent();
        await HoldAsync(session, cancellationToken);
        await session.Process.KillAsync(cancellationToken);
        session.Calm();
        session.Platform.Documents.Clear();
        await session.Process.StartAsync(cancellationToken);
        await session.RunAsync(session.Token, cancellationToken);
        await Expect.WithinAsync(
            session.Options.StepSecondsMax,
            () => known.All(identifier => session.Platform.Documents.ContainsKey((session.Token, identifier))),
            "After a crash in the middle of a run, not every item arrived.",
            cancellationToken);
    }

    public static async Task TwoAccountsAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var known = session.Sent();
        var code = session.NewCode();
        session.Platform.Calls.Clear();
        await session.ConnectAsync("code=" + code, cancellationToken);
        var other = (string?)session.Platform.Of("POST /access_token/account_name")[0].Json!["access_token"] ?? "";
        Expect.True(other != session.Token, "Each connection has a token of its own.");
        var sent = await session.RunAsync(other, cancellationToken);
        Expect.True(
            sent.Count == known.Count && session.Platform.SentIdentifiers(session.Token).Count == 0,
            "The second account of a source must send all of its items, with its own token alone.");
        using var removed = await DeleteAsync(session, other, cancellationToken);
        Expect.Status(removed, HttpStatusCode.NoContent);
    }

    public static async Task DeletedAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        var token = session.Connected();
        using var reset = await session.ResetAsync(token, cancellationToken);
        using var update = await session.UpdateAsync(token, cancellationToken);
        using var removed = await DeleteAsync(session, token, cancellationToken);
        Expect.Status(removed, HttpStatusCode.NoContent);

        // What is sent from now on waits for its answer.
        session.HoldDocuments();
        session.Platform.Calls.Clear();
        using var again = await DeleteAsync(session, token, cancellationToken);
        Expect.Status(again, HttpStatusCode.NotFound);
        using var refused = await session.UpdateAsync(token, cancellationToken);
        Expect.Status(refused, HttpStatusCode.NotFound);
        await SendsNothingAsync(session, token, cancellationToken);
        session.Token = "";
    }

    private static async Task SendsNothingAsync(CertificationSession session, string token, CancellationToken cancellationToken)
    {
        const string Otherwise = "Documents were sent after the account was removed.";
        List<RecordedCall> before = [];
        await Expect.WithinAsync(
            Math.Min(GivenUpSecondsMax, session.Options.StepSecondsMax),
            () => (before = Sent()).TrueForAll(call => call.IsGivenUp()),
            Otherwise,
            cancellationToken);

        // One that goes on sending has sent again by then. What was given up may be read only now; nobody waits for it.
        for (var look = 0; look < Looks; look++)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            Expect.True(Sent().Skip(before.Count).All(call => call.WasGivenUp), Otherwise);
        }

        List<RecordedCall> Sent() =>
            [.. session.Platform.Calls.Where(call => call.Token == token && (call.Key is "POST /documents" or "POST /batch"))];
    }

    private static Task<HttpResponseMessage> DeleteAsync(
        CertificationSession session, string token, CancellationToken cancellationToken) =>
        session.Http.DeleteAsync("token?access_token=" + Uri.EscapeDataString(token), cancellationToken);

    // Starts a run and holds the platform's answer to its first document.
    private static async Task HoldAsync(CertificationSession session, CancellationToken cancellationToken)
    {
        using var reset = await session.ResetAsync(session.Token, cancellationToken);
        session.Platform.Calls.Clear();
        session.HoldDocuments();
        using var started = await session.UpdateAsync(session.Token, cancellationToken);
        Expect.Status(started, HttpStatusCode.Accepted);
        await Expect.WithinAsync(
            session.Options.StepSecondsMax,
            () => session.Platform.Of("POST /documents").Count > 0,
            "The run never sends a document.",
            cancellationToken);
    }
}
