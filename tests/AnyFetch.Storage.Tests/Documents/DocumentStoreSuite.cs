using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Queue;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Documents;

public abstract class DocumentStoreSuite(StoreHost host) : StoreSuite(host)
{
    [Fact]
    public async Task Every_part_of_a_document_comes_back_as_it_was_stored()
    {
        var time = Host.Time.GetUtcNow();
        var document = NewDocument("full", """{"title":"Zoë","nested":{"a":[1,2,null]}}""") with
        {
            Type = BuiltInDocumentTypes.Email,
            CreationDate = time.AddYears(-40),
            ModificationDate = time,
            Data = JsonFields.FromText("""{"html":"<p>\u0000</p>"}"""),
            Actions = JsonFields.FromText("""{"show":"https://x.org"}"""),
            Related = ["abc", "https://other/ü"],
            UserAccess = [new UserId(StoreHost.NewId()), new UserId(StoreHost.NewId())],
            Source = DocumentSource.FromUrl("https://source.org/1"),
            File = new StoredFile(FileHash.FromDigest(new byte[32]), 5_000_000_000),
            Hydration = new HydrationState
            {
                TypeBefore = BuiltInDocumentTypes.File,
                Generation = 3,
                Rounds = 2,
                LastHydration = time,
                ErroredBy = "https://h/2",
                Error = "HydrationError: no",
                IsReposted = true,
                Runs =
                [
                    new HydraterRun("https://h/1", HydraterRunState.Done, time) { EndedAt = time, Attempts = 1 },
                    new HydraterRun("https://h/2", HydraterRunState.Errored, time) { Attempts = 3, Error = "no" },
                ],
            },
        };

        await Host.PutAsync(document);
        var found = await Documents.FindAsync(DocumentKey.ById(Company, document.Id), None);

        Assert.Equivalent(document, found, strict: true);
    }

    [Fact]
    public async Task A_plain_document_comes_back_as_it_was_stored()
    {
        var document = NewDocument() with { UserAccess = [], Source = DocumentSource.KeepFile };
        await Host.PutAsync(document);
        var found = await Documents.FindAsync(DocumentKey.ById(Company, document.Id), None);
        Assert.Equivalent(document, found, strict: true);
        Assert.Empty(found!.UserAccess!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(4096)]
    public async Task Identifiers_of_every_length_select_their_document(int chars)
    {
        var document = await Host.PutAsync(NewDocument(new string('é', chars)));
        await Host.PutAsync(NewDocument(new string('é', chars - 1) + "x"));
        var key = DocumentKey.ByIdentifier(Company, Provider, document.Identifier);

        Assert.Equal(document.Id, (await Documents.FindAsync(key, None))!.Id);
        var resolved = await Documents.ResolveAsync(Company, Provider, [document.Identifier, Identifier.Parse("none")], None);
        Assert.Equal(document.Id, Assert.Single(resolved).Value);
    }

    /// <summary>Whoever moves to another company takes their tokens along, but no document.</summary>
    [Fact]
    public async Task A_token_that_moved_may_use_its_identifiers_again()
    {
        var left = await Host.PutAsync(NewDocument("same"));
        var moved = new CompanyId(ObjectId.New(TimeProvider.System.GetUtcNow()));
        var document = NewDocument("same") with { Company = moved };
        var key = DocumentKey.ByIdentifier(moved, Provider, document.Identifier);
        var seen = await Documents.ChangeAsync(key, stored => DocumentDecision.Put(stored ?? document, stored), None);

        Assert.Null(seen);
        Assert.Equal(document.Id, (await Documents.FindAsync(key, None))!.Id);
        var before = DocumentKey.ByIdentifier(Company, Provider, left.Identifier);
        Assert.Equal(left.Id, (await Documents.FindAsync(before, None))!.Id);
        Assert.Equal(
            document.Id, Assert.Single(await Documents.ResolveAsync(moved, Provider, [document.Identifier], None)).Value);
    }

    [Fact]
    public async Task A_change_sees_the_stored_document_and_replaces_it()
    {
        var document = await Host.PutAsync(NewDocument());
        var title = JsonFields.FromText("""{"title":"new"}""");
        var seen = await Documents.ChangeAsync(
            DocumentKey.ById(Company, document.Id),
            stored => DocumentDecision.Put(stored! with { Metadata = title }, stored!.Metadata),
            None);

        Assert.Equal(document.Metadata, seen);
        Assert.Equal(title, (await Documents.FindAsync(DocumentKey.ById(Company, document.Id), None))!.Metadata);
    }

    [Fact]
    public async Task A_deleted_document_is_gone_and_deleting_again_changes_nothing()
    {
        var document = await Host.PutAsync(NewDocument());
        await Host.DeleteAsync(document);
        await Host.DeleteAsync(document);
        Assert.Null(await Documents.FindAsync(DocumentKey.ById(Company, document.Id), None));
    }

    [Fact]
    public async Task Another_company_and_another_provider_do_not_see_it()
    {
        var document = await Host.PutAsync(NewDocument());
        var (id, identifier) = (document.Id, document.Identifier);
        Assert.Null(await Documents.FindAsync(DocumentKey.ById(StoreHost.NewCompany(), id), None));
        Assert.Null(await Documents.FindAsync(
            DocumentKey.ByIdentifier(Company, StoreHost.NewProvider(), identifier), None));
        Assert.Null(await Documents.FindAsync(
            DocumentKey.ByIdentifier(StoreHost.NewCompany(), Provider, identifier), None));
        Assert.Empty(await Documents.FindManyAsync(StoreHost.NewCompany(), [id], None));
    }

    [Fact]
    public async Task Many_are_found_at_once_and_missing_ones_left_out()
    {
        var one = await Host.PutAsync(NewDocument("1"));
        var two = await Host.PutAsync(NewDocument("2"));
        var found = await Documents.FindManyAsync(Company, [two.Id, new DocumentId(StoreHost.NewId()), one.Id], None);
        Assert.Equal([one.Id, two.Id], found.Select(document => document.Id).OrderBy(id => id.Value));
    }

    [Fact]
    public async Task Those_that_a_user_may_see_are_told_from_the_others()
    {
        var viewer = new UserId(StoreHost.NewId());
        var open = await Host.PutAsync(NewDocument("open"));
        var own = await Host.PutAsync(NewDocument("own") with { UserAccess = [new UserId(StoreHost.NewId()), viewer] });
        var theirs = await Host.PutAsync(NewDocument("theirs") with { UserAccess = [new UserId(StoreHost.NewId())] });
        var nobodys = await Host.PutAsync(NewDocument("nobodys") with { UserAccess = [] });
        DocumentId[] all = [open.Id, own.Id, theirs.Id, nobodys.Id, new DocumentId(StoreHost.NewId())];
        var seen = await Documents.FindVisibleAsync(Company, viewer, all, None);
        Assert.Equal([open.Id, own.Id], seen.OrderBy(id => id.Value));
        Assert.Empty(await Documents.FindVisibleAsync(StoreHost.NewCompany(), viewer, all, None));
    }

    [Fact]
    public async Task Concurrent_creations_of_one_identifier_make_one_document()
    {
        var puts = Enumerable.Range(0, 50).Select(_ => Host.PutAsync(NewDocument()));
        var documents = await Task.WhenAll(puts);
        Assert.Single(documents.Select(document => document.Id).Distinct());
    }

    [Fact]
    public async Task No_concurrent_change_is_lost()
    {
        var document = await Host.PutAsync(NewDocument(json: """{"count":0}"""));
        var key = DocumentKey.ById(Company, document.Id);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Documents.ChangeAsync(key, CountUp, None).AsTask()));
        var found = await Documents.FindAsync(key, None);
        Assert.Equal(200, found!.Metadata.Element.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_decision_that_throws_fails_alone()
    {
        var others = Enumerable.Range(0, 100).Select(number => Host.PutAsync(NewDocument($"{number}"))).ToList();
        var failing = Enumerable.Range(0, 20).Select(_ => Documents.ChangeAsync<bool>(
            DocumentKey.ById(Company, new DocumentId(StoreHost.NewId())),
            _ => throw new InvalidTimeZoneException(),
            None).AsTask()).ToList();

        var documents = await Task.WhenAll(others);
        foreach (var failed in failing)
        {
            await Assert.ThrowsAsync<InvalidTimeZoneException>(() => failed);
        }

        Assert.Equal(100, (await Documents.FindManyAsync(Company, [.. documents.Select(d => d.Id)], None)).Count);
    }

    [Fact]
    public async Task Work_that_fails_half_way_leaves_nothing_and_fails_alone()
    {
        // A job needs a name: the second one fails after the document was written.
        var broken = NewDocument("broken");
        var key = DocumentKey.ByIdentifier(Company, Provider, broken.Identifier);
        var jobs = new[] { Job("ok"), Job(null!) };
        var good = Enumerable.Range(0, 50).Select(number => Host.PutAsync(NewDocument($"{number}"))).ToList();
        var bad = Documents.ChangeAsync(
            key, _ => DocumentDecision.Put(broken, true) with { NewJobs = jobs }, None).AsTask();

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        await Task.WhenAll(good);
        Assert.Null(await Documents.FindAsync(key, None));
        Assert.Empty(await Host.Get<IWorkQueue>().LeaseAsync($"q{Company}", 10, TimeSpan.FromMinutes(1), None));
    }

    [Fact]
    public async Task Jobs_begin_and_end_with_the_change()
    {
        var document = NewDocument();
        var key = DocumentKey.ByIdentifier(Company, Provider, document.Identifier);
        var queue = Host.Get<IWorkQueue>();
        await Documents.ChangeAsync(
            key, _ => DocumentDecision.Put(document, true) with { NewJobs = [Job("a"), Job("b")] }, None);
        await Documents.ChangeAsync(
            key, _ => DocumentDecision.None(true) with { EndedJobs = [Job("a").Key, Job("none").Key] }, None);

        var left = await queue.LeaseAsync($"q{Company}", 10, TimeSpan.FromMinutes(1), None);

        Assert.Equal("b", Assert.Single(left).Key.Name);
    }

    [Fact]
    public async Task A_document_cannot_take_the_place_of_another()
    {
        var document = await Host.PutAsync(NewDocument());
        var other = await Host.PutAsync(NewDocument("other") with { Provider = document.Provider });
        Assert.False(await Documents.ChangeAsync(
            DocumentKey.ById(Company, document.Id),
            stored => DocumentDecision.Put(stored! with { Identifier = other.Identifier }, true) with
            {
                IdentifierTaken = () => false,
            },
            None));
        Assert.Equal(document.Identifier, (await Documents.FindAsync(DocumentKey.ById(Company, document.Id), None))!.Identifier);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Documents.ChangeAsync(
            DocumentKey.ById(Company, document.Id),
            stored => DocumentDecision.Put(stored! with { Company = StoreHost.NewCompany() }, true),
            None).AsTask());
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("a long one ")]
    public async Task A_document_takes_a_free_identifier_and_is_found_under_it_alone(string name)
    {
        var document = await Host.PutAsync(NewDocument("before"));
        var moved = Identifier.Parse(name + (name.EndsWith(' ') ? new string('x', 2000) : ""));
        await Documents.ChangeAsync(
            DocumentKey.ById(Company, document.Id),
            stored => DocumentDecision.Put(stored! with { Identifier = moved }, true),
            None);
        Assert.Null(await Documents.FindAsync(
            DocumentKey.ByIdentifier(Company, document.Provider, document.Identifier), None));
        var found = await Documents.FindAsync(DocumentKey.ByIdentifier(Company, document.Provider, moved), None);
        Assert.Equal((document.Id, moved), (found!.Id, found.Identifier));
    }

    [Fact]
    public async Task A_file_is_held_until_its_last_document_lets_it_go()
    {
        var hash = FileHash.FromDigest(Enumerable.Repeat((byte)7, 32).ToArray());
        var one = await Host.PutAsync(NewDocument("1") with { File = new StoredFile(hash, 1) });
        var two = await Host.PutAsync(NewDocument("2") with { File = new StoredFile(hash, 1) });
        Assert.False(await Documents.IsFileHeldAsync(StoreHost.NewCompany(), hash, None));
        await Host.DeleteAsync(one);
        Assert.True(await Documents.IsFileHeldAsync(Company, hash, None));
        await Host.PutAsync(two with { File = null });
        Assert.False(await Documents.IsFileHeldAsync(Company, hash, None));
    }

    private NewJob Job(string name) => new(new JobKey($"q{Company}", Company, name), "{}");

    private static DocumentDecision<bool> CountUp(Document? stored)
    {
        var count = stored!.Metadata.Element.GetProperty("count").GetInt32() + 1;
        return DocumentDecision.Put(stored with { Metadata = JsonFields.FromText($$"""{"count":{{count}}}""") }, true);
    }
}
