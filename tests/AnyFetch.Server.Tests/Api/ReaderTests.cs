using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Server.Tests.Api;

/// <summary>Which of the people that a source names are users of the company: <c>POST /readers</c>.</summary>
public sealed class ReaderTests : ApiTest
{
    private async Task<string[]> FindAsync(params string[] emails)
    {
        var body = $$"""{"emails":[{{string.Join(',', emails.Select(email => $"\"{email}\""))}}]}""";
        var users = (await PostAsync("/readers", body)).Is(200).Json.GetProperty("users");
        return [.. users.EnumerateObject().Select(user => $"{user.Name} {user.Value.GetString()}")];
    }

    [Fact]
    public async Task Addresses_of_the_company_get_ids_and_all_others_are_left_out_alike()
    {
        var bob = await Server.AddUserAsync("bob@example.org");
        await Server.AddCompanyAsync("other@example.net");
        Assert.Equal(
            [$"BOB@example.org {bob.Id}"], await FindAsync("BOB@example.org", "other@example.net", "nobody@example.org", ""));
        var document = $$"""{"identifier":"i","user_access":["{{bob.Id}}"]}""";
        Assert.Equal(Id(bob), (await PostAsync("/documents", document)).Is(200).Json.GetProperty("user_access")[0].GetString());
    }

    [Fact]
    public async Task An_address_that_a_user_took_alone_opens_nothing_until_an_administrator_confirms_it()
    {
        var mallory = await Server.AddUserAsync("mallory@example.org");
        var own = Basic("mallory@example.org");
        (await SendAsync("PATCH", "/user", """{"name":"M","email":"Mallory@example.org"}""", own)).Is(200);
        Assert.Single(await FindAsync("mallory@example.org"));

        (await SendAsync("PATCH", "/user", """{"email":"boss@example.org"}""", own)).Is(200);
        Assert.Empty(await FindAsync("boss@example.org", "mallory@example.org"));
        (await SendAsync("PATCH", "/users/" + mallory.Id, """{"name":"M"}""", AdminBasic)).Is(200);
        Assert.Empty(await FindAsync("boss@example.org"));

        (await SendAsync("PATCH", "/users/" + mallory.Id, """{"email":"boss@example.org"}""", AdminBasic)).Is(200);
        Assert.Equal([$"boss@example.org {mallory.Id}"], await FindAsync("boss@example.org"));
    }

    [Fact]
    public async Task The_question_is_bounded_and_for_tokens_that_write_documents_alone()
    {
        (await PostAsync("/readers", "{}")).Is(409, "MissingParameter");
        (await PostAsync("/readers", """{"emails":"a@b"}""")).Is(409, "InvalidArgument");
        var many = string.Join(',', Enumerable.Range(0, 501).Select(n => $"\"{n}@example.org\""));
        (await PostAsync("/readers", $$"""{"emails":[{{many}}]}""")).Is(409, "InvalidArgument");
        (await PostAsync("/readers", """{"emails":[]}""", AdminBasic)).Is(401, "ForbiddenScheme");
        var (_, reader) = await Server.AddTokenAsync(scopes: Scopes.ReadDocuments | Scopes.ReadUsers);
        (await PostAsync("/readers", """{"emails":[]}""", "Bearer " + reader)).Is(403, "MissingScope");
    }
}
