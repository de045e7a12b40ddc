using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Server.Tests.Api;

/// <summary>The older documents API for providers (legacy-providers-api).</summary>
public sealed class LegacyDocumentTests : ApiTest
{
    private const string Path = "/providers/documents/";

    [Fact]
    public async Task Legacy_checks_1_2_3_a_post_creates_once_and_is_seen_by_the_new_API()
    {
        var first = (await PostAsync(Path, """
            {"identifier":"i","metadatas":{"title":"T","n":1},"update_date":"2014-03-21T16:15:04.813Z","foo":1}
            """)).Is(200).Json;
        Assert.Equal("2014-03-21T16:15:04.813Z", first.GetProperty("update_date").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), (await PostAsync(Path, """{"identifier":"i"}""")).Str("id"));
        var raw = (await GetAsync("/documents/identifier/i/raw")).Is(200).Json;
        Assert.Equal("""{"title":"T","n":1}""", raw.GetProperty("metadata").GetRawText());
        Assert.NotEqual("2014-03-21T16:15:04.813Z", raw.GetProperty("modification_date").GetString());
    }

    [Fact]
    public async Task Legacy_check_4_a_merge_keeps_the_creation_date()
    {
        var first = (await PostAsync(Path, """{"identifier":"i","creation_date":"2012-01-01"}""")).Is(200);
        var second = (await PostAsync(Path, """{"identifier":"i"}""")).Is(200);
        Assert.Equal(first.Str("creation_date"), second.Str("creation_date"));
    }

    [Fact]
    public async Task Legacy_checks_5_6_7_metadatas_merge_on_their_first_level()
    {
        (await PostAsync(Path, """{"identifier":"i","metadatas":{"a":1,"b":null,"VAT":{"5.5":0,"19.6":76.55}}}""")).Is(200);
        Assert.Equal("""{"a":1,"VAT":{"5.5":0,"19.6":76.55}}""", await MetadataAsync());
        (await SendAsync("PATCH", Path, """{"identifier":"i","metadatas":{"b":2,"VAT":{"7":0}}}""")).Is(204);
        Assert.Equal("""{"a":1,"VAT":{"7":0},"b":2}""", await MetadataAsync());
        (await PostAsync(Path, """{"identifier":"i","metadatas":{"a":null}}""")).Is(200);
        Assert.Equal("""{"VAT":{"7":0},"b":2}""", await MetadataAsync());
    }

    [Fact]
    public async Task Legacy_checks_8_and_9_patch_and_delete_need_the_document()
    {
        (await SendAsync("PATCH", Path, """{"identifier":"i"}""")).Is(404, "ResourceNotFound");
        (await PostAsync(Path, """{"identifier":"i"}""")).Is(200);
        (await SendAsync("PATCH", Path, """{"identifier":"i"}""")).Is(204);
        (await SendAsync("DELETE", Path, """{"identifier":"i","other":1}""")).Is(204);
        (await SendAsync("DELETE", Path + "?identifier=i")).Is(404, "ResourceNotFound");
        (await GetAsync("/documents/identifier/i/raw")).Is(404, "ResourceNotFound");
    }

    [Fact]
    public async Task Legacy_check_10_every_verb_needs_an_identifier()
    {
        foreach (var verb in new[] { "POST", "PATCH", "DELETE" })
        {
            (await SendAsync(verb, Path, "{}")).Is(409, "MissingParameter");
            (await SendAsync(verb, Path, """{"identifier":""}""")).Is(409, "MissingParameter");
            (await SendAsync(verb, Path, """{"identifier":7}""")).Is(409, "InvalidArgument");
        }
    }

    [Fact]
    public async Task Legacy_checks_11_and_12_actions_come_in_two_shapes()
    {
        const string List = """{"identifier":"a","actions":[{"type":"show","url":"x"},{"type":"reply","url":"r"},{"type":"show","url":"s"}]}""";
        var list = (await PostAsync(Path, List)).Is(200).Json.GetProperty("actions");
        var map = (await PostAsync(Path, """{"identifier":"b","actions":{"show":"s","reply":"r"}}""")).Json.GetProperty("actions");
        Assert.Equal("s", list.GetProperty("show").GetString());
        Assert.Equal(map.GetRawText(), list.GetRawText());
        (await PostAsync(Path, """{"identifier":"c","actions":[{"type":"show"}]}""")).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Legacy_checks_13_and_14_another_application_or_user_sees_nothing()
    {
        var id = (await PostAsync(Path, """{"identifier":"i"}""")).Str("id");
        var (_, otherApplication) = await Server.AddTokenAsync(scopes: Scopes.All);
        var colleague = await Server.AddUserAsync("colleague@example.org");
        var sameApplication = await AddTokenOfAsync(Provider.Client!.Value, colleague);
        foreach (var secret in new[] { otherApplication, sameApplication })
        {
            (await SendAsync("PATCH", Path, """{"identifier":"i"}""", "Bearer " + secret)).Is(404, "ResourceNotFound");
            (await SendAsync("DELETE", Path, """{"identifier":"i"}""", "Bearer " + secret)).Is(404, "ResourceNotFound");
            Assert.NotEqual(id, (await PostAsync(Path, """{"identifier":"i"}""", "Bearer " + secret)).Is(200).Str("id"));
        }
    }

    [Fact]
    public async Task Legacy_checks_15_and_16_user_access_hides_and_reopens()
    {
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        (await PostAsync(Path, $$"""{"identifier":"i","user_access":["{{stranger.Id}}"]}""")).Is(409, "InvalidArgument");
        var colleague = await Server.AddUserAsync("colleague@example.org");
        var id = (await PostAsync(Path, $$"""{"identifier":"i","user_access":["{{Server.AdminUser.Id}}"]}""")).Is(200).Str("id");
        (await GetAsync("/documents/" + id, Basic(colleague.Email))).Is(404, "ResourceNotFound");
        (await SendAsync("PATCH", Path, """{"identifier":"i","user_access":null}""")).Is(204);
        (await GetAsync("/documents/" + id, Basic(colleague.Email))).Is(200);
    }

    [Fact]
    public async Task Legacy_check_19_multipart_carries_document_and_file()
    {
        var body = Multipart("bytes"u8.ToArray(), ("identifier", "i"), ("metadatas", """{"title":"T"}"""), ("source", ""));
        var document = (await SendAsync("POST", Path, body)).Is(200).Json;
        Assert.Equal("T", document.GetProperty("metadatas").GetProperty("title").GetString());
        Assert.Equal("bytes", (await GetAsync("/documents/identifier/i/file")).Is(200).Text);
        var patch = Multipart("newer"u8.ToArray(), ("identifier", "i"));
        (await SendAsync("PATCH", Path, patch)).Is(204);
        Assert.Equal("newer", (await GetAsync("/documents/identifier/i/file")).Is(200).Text);
    }

    [Fact]
    public async Task Legacy_check_20_basic_and_missing_scopes_are_refused()
    {
        (await PostAsync(Path, """{"identifier":"i"}""", AdminBasic)).Is(401, "ForbiddenScheme");
        var (_, secret) = await Server.AddTokenAsync(scopes: Scopes.ReadDocuments);
        (await PostAsync(Path, """{"identifier":"i"}""", "Bearer " + secret)).Is(403, "MissingScope");
    }

    [Fact]
    public async Task Legacy_check_21_the_routes_never_reach_a_provider_called_documents()
    {
        (await PostAsync("/providers/documents", """{"identifier":"i"}""")).Is(200);
        (await GetAsync("/providers/documents")).Is(405, "MethodNotAllowed");
        (await GetAsync("/providers/documents/")).Is(405, "MethodNotAllowed");
    }

    [Fact]
    public async Task Legacy_check_22_both_APIs_change_each_others_documents()
    {
        (await PostAsync("/documents", """{"identifier":"new","metadata":{"a":1}}""")).Is(200);
        (await SendAsync("PATCH", Path, """{"identifier":"new","metadatas":{"b":1}}""")).Is(204);
        (await SendAsync("DELETE", Path, """{"identifier":"new"}""")).Is(204);
        (await PostAsync(Path, """{"identifier":"old","document_type":"email","data":{"x":1}}""")).Is(200);
        var raw = (await GetAsync("/documents/identifier/old/raw")).Json;
        Assert.Equal("email", raw.GetProperty("document_type").GetProperty("name").GetString());
        (await SendAsync("DELETE", "/documents/identifier/old")).Is(204);
    }

    [Fact]
    public async Task Legacy_check_23_a_secure_company_still_lets_documents_be_deleted()
    {
        (await PostAsync(Path, """{"identifier":"i"}""")).Is(200);
        (await SendAsync("PATCH", "/company", """{"secure":true}""", AdminBasic)).Is(200);
        (await PostAsync(Path, """{"identifier":"i"}""")).Is(403, "InsecureOperation");
        (await SendAsync("PATCH", Path, """{"identifier":"i"}""")).Is(403, "InsecureOperation");
        (await SendAsync("DELETE", Path, """{"identifier":"i"}""")).Is(204);
    }

    private async Task<string> MetadataAsync() =>
        (await GetAsync("/documents/identifier/i/raw")).Json.GetProperty("metadata").GetRawText();

    private async Task<string> AddTokenOfAsync(ClientId client, User user)
    {
        var now = TimeProvider.System.GetUtcNow();
        var token = new AccessToken
        {
            Id = new AccessTokenId(ObjectId.New(now)),
            User = user.Id,
            Company = user.Company,
            Client = client,
            Scopes = Scopes.All,
            CreatedAt = now,
            LastUsed = now,
        };
        var secret = TokenSecret.New(TokenSecret.ClientTokenChars);
        await Server.Get<IAccessTokenStore>().AddAsync(token, TokenSecret.Hash(secret), default);
        return secret;
    }
}
