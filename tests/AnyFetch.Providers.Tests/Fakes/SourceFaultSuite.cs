using System.Net;
using AnyFetch.Emulators;
using AnyFetch.Provider;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>Which of a service's calls a fault meets.</summary>
public enum SourceStep
{
    /// <summary>The first call of a listing.</summary>
    Listing,

    /// <summary>A later page of the same listing.</summary>
    NextPage,

    /// <summary>The content of a file.</summary>
    Download,
}

/// <summary>What any cloud service may do to a run, and what the platform holds afterwards.</summary>
public abstract class SourceFaultSuite
{
    /// <summary>How many items <see cref="StartAsync"/> puts at the source; they come in at least three pages.</summary>
    protected const int Items = 6;

    public static TheoryData<SourceStep, Fault> Passing => new()
    {
        { SourceStep.Listing, new Fault(503) },
        { SourceStep.Listing, new Fault(429) },
        { SourceStep.NextPage, new Fault(500) { Body = "<html>oops</html>" } },
        { SourceStep.NextPage, new Fault(200) { IsTruncated = true } },
        { SourceStep.NextPage, new Fault(200) { Body = "" } },
        { SourceStep.NextPage, new Fault(200) { Body = "{}" } },
        { SourceStep.NextPage, new Fault(429) { RetryAfter = "0" } },
        { SourceStep.Download, new Fault(503) },
        { SourceStep.Download, new Fault(200) { IsTruncated = true } },
        { SourceStep.Download, new Fault(429) { RetryAfter = "0" } },
    };

    /// <summary>Whether the source has files; without, no call is a download.</summary>
    protected virtual bool HasFiles => true;

    /// <summary>Whether the source renews access tokens; without, one that ended asks for a person.</summary>
    protected virtual bool Renews => true;

    /// <summary>The path at which a grant is given back.</summary>
    protected abstract string RevokePath { get; }

    /// <summary>The secret of the application at the source.</summary>
    protected abstract string ClientSecret { get; }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_tried_again_and_nothing_is_lost_or_deleted(SourceStep step, Fault fault)
    {
        await using var scene = await StartAsync();
        var failed = Fail(scene, step, 2, fault);
        await scene.RunAsync();
        Assert.Equal(step == SourceStep.Download && !HasFiles ? 0 : 2, failed());
        Assert.Equal(Expected(scene), Stored(scene));
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task A_second_run_over_the_same_sends_and_downloads_nothing()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        Assert.Equal(Expected(scene), Stored(scene));
        Assert.Equal(scene.Token, (string?)Assert.Single(
            scene.Platform.Documents.Values.First()["user_access"]!.AsArray()));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.SentIdentifiers());
        Assert.DoesNotContain(scene.Emulator.Calls, call => Is(SourceStep.Download, call));

        await scene.RunAsync(("full", "1"));
        Assert.Empty(scene.Platform.SentIdentifiers());
        Assert.DoesNotContain(scene.Emulator.Calls, call => Is(SourceStep.Download, call));
    }

    [Fact]
    public async Task A_listing_that_breaks_for_good_in_the_middle_deletes_nothing_and_goes_on_from_its_page()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        await scene.Host.DeleteAsync($"token/reset?access_token={scene.Token}");
        Fail(scene, SourceStep.NextPage, int.MaxValue, new Fault(503));
        await scene.RunAsync();
        Assert.Equal("failed", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(Items, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Equal("Source503", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Code);

        scene.Emulator.Intercept = _ => null;
        await scene.RunAsync();
        Assert.DoesNotContain(scene.Emulator.Calls, call => Is(SourceStep.Listing, call));
        Assert.Equal(Expected(scene), Stored(scene));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task An_expired_cursor_leads_to_a_full_run_that_prunes_what_vanished()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        Vanish(scene);
        await scene.RunAsync();
        Assert.Equal(Items - 1, Expected(scene).Count);
        Assert.Equal(Expected(scene), Stored(scene));
        Assert.Contains(scene.Emulator.Calls, call => Is(SourceStep.Listing, call));
        Assert.DoesNotContain(scene.Emulator.Calls, call => Is(SourceStep.Download, call));
    }

    [Fact]
    public async Task An_expired_access_token_is_renewed_once_by_however_many_tasks()
    {
        await using var scene = await StartAsync();
        scene.Emulator.Grants.ExpireAccess();
        await scene.RunAsync();
        Assert.Equal(Renews ? 1 : 0, scene.Emulator.Grants.Refreshes);
        Assert.Equal(Renews ? Expected(scene) : [], Stored(scene));
        Assert.Equal(Renews ? "succeeded" : "refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task An_access_token_that_ends_in_the_middle_of_the_downloads_is_renewed_once()
    {
        await using var scene = await StartAsync();
        var downloads = 0;
        scene.Emulator.Intercept = call =>
        {
            // For all four tasks at once.
            if (Is(SourceStep.Download, call) && Interlocked.Increment(ref downloads) == 2)
            {
                scene.Emulator.Grants.ExpireAccess();
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Equal(HasFiles && Renews ? 1 : 0, scene.Emulator.Grants.Refreshes);
        Assert.Equal(Renews ? "succeeded" : "refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(Renews ? Expected(scene) : Stored(scene), Stored(scene));
    }

    [Fact]
    public async Task An_access_token_is_renewed_before_it_ends()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time: time);
        await scene.RunAsync();
        time.Advance(TimeSpan.FromSeconds(scene.Emulator.Grants.AccessSeconds - 200));
        await scene.RunAsync();
        Assert.Equal(Renews && scene.Emulator.Grants.TellsExpiry ? 1 : 0, scene.Emulator.Grants.Refreshes);
        Assert.DoesNotContain(scene.Emulator.Calls, call => call.Token is { } token && !scene.Emulator.Grants.IsGood(token));
    }

    [Fact]
    public async Task A_dead_grant_asks_for_a_person_and_a_new_connection_goes_on()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        PutOne(scene);
        scene.Emulator.Grants.RevokeAll();
        await scene.RunAsync();
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Single(scene.Platform.Of("POST /token/refresh"));
        Assert.Equal(Items, scene.Platform.Documents.Count);
        Assert.Equal((HttpStatusCode)428, await scene.Host.UpdateAsync(scene.Token));

        var back = await scene.ConnectAsync($"anyfetch_token={scene.Token}");
        Assert.Contains("state=success", back.Query, StringComparison.Ordinal);
        await scene.RunAsync();
        Assert.Equal(Items + 1, scene.Platform.Documents.Count);
        Assert.Equal(Expected(scene), Stored(scene));
    }

    [Fact]
    public async Task Check_8_Retry_after_pauses_the_account()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time: time);
        Fail(scene, SourceStep.NextPage, 1, new Fault(429) { RetryAfter = "7" });
        await scene.Host.UpdateAsync(scene.Token);
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync(scene.Token)).PausedUntil is not null);
        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromSeconds(7)), what: "the run waits");
        var refused = Assert.Single(scene.Emulator.Calls, call => Is(SourceStep.NextPage, call));
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(scene.Emulator.Calls, call => Is(SourceStep.NextPage, call));
        await time.PassUntilAsync(
            TimeSpan.FromMilliseconds(100), () => scene.Platform.Documents.Count == Items, "everything is sent");
        var next = scene.Emulator.Calls.Where(call => Is(SourceStep.NextPage, call)).ElementAt(1);
        Assert.True(next.At - refused.At >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_refusal_is_canceled()
    {
        await using var scene = await StartAsync(connect: false);
        scene.Emulator.Refuses = true;
        Assert.Contains("state=canceled", (await scene.ConnectAsync()).Query, StringComparison.Ordinal);
        Assert.Empty(scene.Platform.Of("POST /oauth/access_token"));
    }

    [Fact]
    public async Task Removing_the_account_gives_the_grant_back()
    {
        await using var scene = await StartAsync();
        using var removed = await scene.Host.DeleteAsync("token?access_token=" + scene.Token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await Eventually.TrueAsync(() => scene.Emulator.Of(RevokePath).Count == 1);
    }

    [Fact]
    public async Task No_document_holds_a_secret()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        var told = scene.Told();
        Assert.NotEmpty(scene.Emulator.Grants.Secrets);
        Assert.All(
            scene.Emulator.Grants.Secrets.Append(ClientSecret),
            secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    /// <summary>Starts a scene with six items and small pages.</summary>
    protected abstract Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true);

    /// <summary>What the platform holds: a name that the source knows it by too, and its content.</summary>
    protected abstract Dictionary<string, string> Stored(SourceScene scene);

    /// <summary>What the source holds, as the platform should hold it.</summary>
    protected abstract Dictionary<string, string> Expected(SourceScene scene);

    /// <summary>Makes one more item at the source.</summary>
    protected abstract void PutOne(SourceScene scene);

    /// <summary>Whether a call belongs to a step.</summary>
    protected abstract bool Is(SourceStep step, EmulatedCall call);

    /// <summary>Removes one item and makes the cursor unusable, so that nothing tells of the removal.</summary>
    protected abstract void Vanish(SourceScene scene);

    /// <summary>Fails the first calls of a step, then lets all pass. Returns how many failed.</summary>
    protected Func<int> Fail(SourceScene scene, SourceStep step, int times, Fault fault)
    {
        var failed = 0;
        scene.Emulator.Intercept = call => Is(step, call) && failed < times && Interlocked.Increment(ref failed) <= times
            ? fault
            : null;
        return () => Math.Min(failed, times);
    }
}
