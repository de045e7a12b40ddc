using AnyFetch.Api.Authentication;
using AnyFetch.Core.AccessTokens;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Tenancy;

/// <summary>
/// Walks over every route of the API with every kind of caller and expects the documented answer: companies are walls,
/// and what is hidden does not exist.
/// </summary>
public sealed class TenancyWalkTests(TenancyServer shared) : IClassFixture<TenancyServer>
{
    public static TheoryData<string> Routes => [.. RouteTable.Rows.Select(r => r.Name)];

    [Fact]
    public void Every_route_of_the_API_stands_in_the_table()
    {
        var mapped = Mapped();
        var known = RouteTable.Rows.Select(r => r.Name).ToHashSet();
        Assert.True(mapped.IsSubsetOf(known), $"No row says who may call {string.Join(", ", mapped.Except(known))}");
        Assert.Equal(known.Count, RouteTable.Rows.Count);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_caller_gets_the_documented_answer(string route)
    {
        var row = Row(route);
        if (!Mapped().Contains(route))
        {
            return;
        }

        await RefusesBadCredentialsAsync(row);
        await RefusesWrongSchemesAndScopesAsync(row);
        for (var i = 0; i < row.Answers.Length; i++)
        {
            var world = await shared.GetWorldAsync();
            var caller = world.Callers[i];
            var isBasic = row.Scheme == Scheme.Basic && caller.Name != "owner";
            await ExpectAsync(row, caller, isBasic ? caller.Basic : caller.Token, row.Answers[i]);
        }
    }

    /// <summary>Whoever may not come in learns nothing of how a request should look.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_argument_is_judged_after_credentials_scope_and_rank(string route)
    {
        var row = Row(route);
        if (!Mapped().Contains(route) || !row.Pattern.Contains("{id}", StringComparison.Ordinal))
        {
            return;
        }

        var world = await shared.GetWorldAsync();
        var path = row.Path.Split('/') switch { var parts => string.Join('/', [.. parts[..2], "xyz", .. parts[3..]]) };
        Is(401, "Unauthorized", await world.SendAsync(row.Method, path, row.Body));
        if (row.Scope is { } name && row.Scheme != Scheme.Basic)
        {
            Assert.True(ScopeNames.TryParse(name, out var scope));
            var without = await world.AddTokenAsync("insider", Scopes.All & ~scope);
            Is(403, "MissingScope", await world.SendAsync(row.Method, path, row.Body, without));
        }

        var isBasic = row.Scheme == Scheme.Basic;
        if (row.IsAdminOnly)
        {
            Is(403, "Forbidden", await world.SendAsync(row.Method, path, row.Body, world["insider"].Token));
        }

        var admin = isBasic ? world["admin"].Basic : world["admin"].Token;
        Is(409, "InvalidArgument", await world.SendAsync(row.Method, path, row.Body, admin));
    }

    private async Task RefusesBadCredentialsAsync(RouteRow row)
    {
        var world = await shared.GetWorldAsync();
        var anonymous = await world.SendAsync(row.Method, row.Path, row.Body);
        Assert.True(row.Anonymous == anonymous.Status, anonymous.ToString());
        if (row.Anonymous == 401)
        {
            Is(401, "Unauthorized", anonymous);
            Is(401, "Unauthorized", await world.SendAsync(row.Method, row.Path, row.Body, "Digest x"));
        }

        if (row.Scheme != Scheme.None || row.Pattern == "/status")
        {
            var token = "Bearer " + new string('0', 64);
            Is(401, "InvalidCredentials", await world.SendAsync(row.Method, row.Path, row.Body, token));
            var wrong = "Basic " + Convert.ToBase64String(Guid.NewGuid().ToByteArray().Append((byte)':').ToArray());
            Is(401, "InvalidCredentials", await world.SendAsync(row.Method, row.Path, row.Body, wrong));
        }
    }

    private async Task RefusesWrongSchemesAndScopesAsync(RouteRow row)
    {
        var world = await shared.GetWorldAsync();
        var (refused, taken) = row.Scheme == Scheme.Basic
            ? (world["admin"].Token, world["admin"].Basic)
            : (world["admin"].Basic, world["admin"].Token);
        if (row.Scheme is Scheme.Basic or Scheme.Token)
        {
            Is(401, "ForbiddenScheme", await world.SendAsync(row.Method, row.Path, row.Body, refused));
        }

        if (row.Scope is not { } name || row.Scheme == Scheme.Basic)
        {
            return;
        }

        Assert.True(ScopeNames.TryParse(name, out var scope));
        foreach (var caller in new[] { "admin", "insider" })
        {
            // The scope is asked for before the rank.
            var without = await world.AddTokenAsync(caller, Scopes.All & ~scope);
            Is(403, "MissingScope", await world.SendAsync(row.Method, row.Path, row.Body, without));
        }

        // One scope is enough, and none lifts a member to an administrator.
        var alone = await world.AddTokenAsync("outsider", scope);
        var reply = await world.SendAsync(row.Method, row.Path, row.Body, alone);
        Assert.True(row.Answers[2] == reply.Status && reply.Code != "MissingScope", reply.ToString());
        RenewIfChanged(row, reply);
        Assert.NotEqual(refused, taken);
    }

    private async Task ExpectAsync(RouteRow row, World.Caller caller, string authorization, int status)
    {
        var world = await shared.GetWorldAsync();
        var reply = await world.SendAsync(row.Method, row.Path, row.Body, authorization);
        Assert.True(status == reply.Status, $"{row.Name} by {caller.Name}: expected {status}, got {reply}");
        switch (status)
        {
            case 404:
                Is(404, row.NotFoundCode, reply);
                break;
            case 403:
                Is(403, "Forbidden", reply);
                break;
            case 401:
                Is(401, "ForbiddenScheme", reply);
                break;
            default:
                break;
        }

        if (caller.Name is "stranger" or "parent")
        {
            Assert.DoesNotContain(world.CompanyMark, reply.Text, StringComparison.Ordinal);
        }

        // By writing the same identifier a caller makes a document of their own; the name is then theirs to read.
        if (caller.Name is "stranger" or "parent" or "outsider" or "admin" && row.Body?.Contains("its_identifier") != true)
        {
            Assert.DoesNotContain(world.DocumentMark, reply.Text, StringComparison.Ordinal);
        }

        RenewIfChanged(row, reply);
    }

    private void RenewIfChanged(RouteRow row, World.Reply reply)
    {
        if (row.Changes && reply.Status is >= 200 and < 300)
        {
            shared.Renew();
        }
    }

    private HashSet<string> Mapped() =>
    [
        .. from endpoint in shared.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<EndpointAccess>() is not null
           from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
           where method is not ("OPTIONS" or "HEAD")
           select $"{method} {endpoint.RoutePattern.RawText}",
    ];

    private static RouteRow Row(string name) => RouteTable.Rows.Single(r => r.Name == name);

    private static void Is(int status, string code, World.Reply reply) =>
        Assert.True(reply.Status == status && reply.Code == code, $"Expected {status} {code}, got {reply}");
}
