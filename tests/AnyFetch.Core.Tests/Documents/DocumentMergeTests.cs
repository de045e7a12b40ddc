using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Tests.Documents;

public sealed class DocumentMergeTests
{
    private static readonly DateTimeOffset s_now = new(2014, 3, 21, 16, 15, 4, TimeSpan.Zero);
    private static readonly UserId s_user = new(ObjectId.New(s_now));
    private static readonly StoredFile s_file = new(new FileHash(new string('a', 64)), 3);

    private static Document Create(DocumentChange change) => DocumentMerge.Create(
        new DocumentId(ObjectId.New(s_now)),
        new CompanyId(ObjectId.New(s_now)),
        new AccessTokenId(ObjectId.New(s_now)),
        Identifier.Parse("one"),
        change,
        s_now);

    [Fact]
    public void A_new_document_is_a_file_of_now_that_the_whole_company_sees()
    {
        var document = Create(new DocumentChange());
        Assert.Equal(BuiltInDocumentTypes.File, document.Type);
        Assert.Equal((s_now, s_now), (document.CreationDate, document.ModificationDate));
        Assert.Null(document.UserAccess);
        Assert.True(document.IsVisibleTo(s_user));
    }

    [Fact]
    public void An_empty_access_list_hides_the_document_from_everybody()
    {
        var document = Create(new DocumentChange { UserAccess = Access() });
        Assert.False(document.IsVisibleTo(s_user));
    }

    [Fact]
    public void A_present_null_reopens_and_an_absent_list_leaves_the_access()
    {
        var closed = Create(new DocumentChange { UserAccess = Access(s_user) });
        var same = DocumentMerge.Apply(closed, new DocumentChange { ModificationDate = s_now.AddDays(1) });
        var open = DocumentMerge.Apply(closed, new DocumentChange { UserAccess = Everybody });
        Assert.Equal([s_user], same.UserAccess!);
        Assert.Null(open.UserAccess);
    }

    [Fact]
    public void Data_and_metadata_merge_apart_and_actions_are_replaced_whole()
    {
        var stored = Create(new DocumentChange
        {
            Metadata = JsonFields.FromText("""{"a":1}"""),
            Data = JsonFields.FromText("""{"a":2}"""),
            Actions = JsonFields.FromText("""{"show":"http://a","reply":"http://b"}"""),
        });
        var merged = DocumentMerge.Apply(stored, new DocumentChange
        {
            Metadata = JsonFields.FromText("""{"b":3}"""),
            Actions = JsonFields.FromText("""{"show":"http://c"}"""),
        });
        Assert.Equal("""{"a":1,"b":3}""", merged.Metadata.ToString());
        Assert.Equal("""{"a":2}""", merged.Data.ToString());
        Assert.Equal("""{"show":"http://c"}""", merged.Actions.ToString());
    }

    [Fact]
    public void A_change_without_a_difference_gives_the_same_instance_back()
    {
        var stored = Create(new DocumentChange
        {
            Metadata = JsonFields.FromText("""{"a":1}"""),
            Related = Related("x"),
            UserAccess = Access(s_user),
        });
        var merged = DocumentMerge.Apply(stored, new DocumentChange
        {
            Metadata = JsonFields.FromText("""{"a":1}"""),
            Related = Related("x"),
            UserAccess = Access(s_user),
        });
        Assert.Same(stored, merged);
    }

    [Fact]
    public void A_new_file_starts_a_new_generation_of_hydration()
    {
        var run = new HydraterRun("http://h/hydrate", HydraterRunState.Done, s_now) { EndedAt = s_now };
        var stored = Create(new DocumentChange()) with
        {
            Hydration = new HydrationState { Generation = 4, Runs = [run], Error = "bad", ErroredBy = run.Url },
        };
        var merged = DocumentMerge.Apply(stored, new DocumentChange { File = s_file });
        Assert.Equal(s_file, merged.File);
        Assert.Equal(5, merged.Hydration.Generation);
        Assert.Empty(merged.Hydration.Runs);
        Assert.Null(merged.Hydration.Error);
    }

    private static Core.Json.Optional<IReadOnlyList<UserId>?> Everybody => new(true, null);

    private static Core.Json.Optional<IReadOnlyList<UserId>?> Access(params UserId[] users) => new(true, users);

    private static Core.Json.Optional<IReadOnlyList<string>> Related(params string[] related) => new(true, related);

    [Fact]
    public void A_new_file_is_of_the_type_that_hydraters_found_the_document_in()
    {
        var hydrated = Create(new DocumentChange { File = s_file }) with
        {
            Type = BuiltInDocumentTypes.Document,
            Hydration = new HydrationState { Generation = 1, TypeBefore = BuiltInDocumentTypes.File },
        };

        var again = DocumentMerge.Apply(hydrated, new DocumentChange { File = s_file });

        Assert.Equal(BuiltInDocumentTypes.File, again.Type);
        Assert.Null(again.Hydration.TypeBefore);
    }

    [Fact]
    public void A_type_that_a_client_chose_after_the_hydraters_stays_with_the_next_file()
    {
        var hydrated = Create(new DocumentChange()) with
        {
            Type = BuiltInDocumentTypes.Document,
            Hydration = new HydrationState { Generation = 1, TypeBefore = BuiltInDocumentTypes.File },
        };

        var chosen = DocumentMerge.Apply(hydrated, new DocumentChange { Type = BuiltInDocumentTypes.Contact });
        var again = DocumentMerge.Apply(chosen, new DocumentChange { File = s_file });

        Assert.Equal(BuiltInDocumentTypes.Contact, again.Type);
    }
}
