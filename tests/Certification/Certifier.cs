using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AnyFetch.Certification;

/// <summary>
/// Checks a provider server, in whatever language it is written: plays the core and the manager for it and looks at what it
/// does, through HTTP alone (provider-protocol).
/// </summary>
public static class Certifier
{
    private static readonly (string Name, Func<CertificationSession, CancellationToken, Task> Run)[] Checks =
    [
        ("The status is open and counts", ConnectChecks.StatusAsync),
        ("Connecting needs a code", ConnectChecks.CodeIsNeededAsync),
        ("A callback without a session ends at the manager", ConnectChecks.CallbackNeedsSessionAsync),
        ("A foreign return address is ignored", ConnectChecks.ForeignReturnAsync),
        ("A connection trades the code, names the account and asks for an update", ConnectChecks.ConnectAsync),
        ("An update needs the token of an account", RunChecks.TokenIsNeededAsync),
        ("A run sends the items and reports", RunChecks.FirstRunAsync),
        ("Documents are for their account alone and hold no token", RunChecks.DocumentsAsync),
        ("A second run makes no duplicates", RunChecks.SecondRunAsync),
        ("An update during a run is answered without a second one; force starts anew", RunChecks.PendingAsync),
        ("After a reset everything is sent again", RunChecks.ResetAsync),
        ("A document that is gone is no error", RunChecks.GoneAsync),
        ("A core that is busy loses nothing", RunChecks.BusyAsync),
        ("A renewal keeps the account", ConnectChecks.RenewAsync),
        ("A crash in the middle of a run loses nothing", RunChecks.CrashAsync),
        ("Two accounts of one source keep apart", RunChecks.TwoAccountsAsync),
        ("A removed account sends nothing more", RunChecks.DeletedAsync),
    ];

    /// <summary>The names of all checks, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Checks.Select(check => check.Name)];

    /// <summary>Runs all checks; each result comes as soon as it is known.</summary>
    /// <param name="options">The provider.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    /// <exception cref="CheckFailedException">The provider does not answer at all.</exception>
    public static async IAsyncEnumerable<CheckResult> RunAsync(
        CertificationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var session = await CertificationSession.StartAsync(options, cancellationToken);
        foreach (var (name, run) in Checks)
        {
            yield return await CheckAsync(session, name, run, cancellationToken);
        }
    }

    private static async Task<CheckResult> CheckAsync(
        CertificationSession session, string name, Func<CertificationSession, CancellationToken, Task> run,
        CancellationToken cancellationToken)
    {
        try
        {
            session.Calm();
            await run(session, cancellationToken);
            return new CheckResult(name, CheckOutcome.Passed, null);
        }
        catch (CheckSkippedException skipped)
        {
            return new CheckResult(name, CheckOutcome.Skipped, skipped.Message);
        }
        catch (CheckFailedException failed)
        {
            return new CheckResult(name, CheckOutcome.Failed, failed.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or InvalidOperationException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new CheckResult(name, CheckOutcome.Failed, $"The provider did not answer as HTTP and JSON: {fault.Message}");
        }
        finally
        {
            session.Calm();
        }
    }
}
