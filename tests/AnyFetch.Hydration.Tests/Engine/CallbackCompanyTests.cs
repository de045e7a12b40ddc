using System.Text.Json;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Users;
using AnyFetch.Testing;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>What a callback says is judged as the document's company, not as whoever is known to the server.</summary>
public sealed class CallbackCompanyTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private FakeExternalHydrater _hydrater = null!;
    private HydrationHost _host = null!;
    private CompanyId _company;
    private Document _document = null!;
    private JsonElement _call;

    public async Task InitializeAsync()
    {
        _hydrater = await FakeExternalHydrater.StartAsync();
        _host = await HydrationHost.StartAsync(_directory.Path);
        _company = await _host.CompanyAsync(Sample.Hydrater("external", "[{}]") with { Url = _hydrater.Url });
        _document = await _host.PutAsync(_company, "a", """{"kept":1}""");
        await Eventually.TrueAsync(() => _hydrater.Calls.TryDequeue(out _call));
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _hydrater.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_user_of_the_company_gets_access()
    {
        var user = await UserAsync(_company);
        Assert.Equal(204, await AnswerAsync($$$"""{"user_access":["{{{user}}}"],"metadata":{"new":1}}"""));
        var after = await _host.UntilAsync(_document, d => d.Hydration.HydratedBy.Any());
        Assert.Equal([user], after.UserAccess);
    }

    [Fact]
    public async Task A_user_of_another_company_is_the_hydraters_failure()
    {
        var stranger = await UserAsync(await _host.CompanyAsync());
        Assert.Equal(409, await AnswerAsync($$$"""{"user_access":["{{{stranger}}}"],"metadata":{"new":1}}"""));
        await ExpectFailureAsync("user_access");
    }

    [Fact]
    public async Task A_type_of_another_company_is_the_hydraters_failure()
    {
        await PutTypeAsync("theirs", await _host.CompanyAsync());
        Assert.Equal(409, await AnswerAsync("""{"document_type":"theirs","metadata":{"new":1}}"""));
        await ExpectFailureAsync("document_type");
    }

    [Fact]
    public async Task A_type_of_the_company_is_taken()
    {
        var type = await PutTypeAsync("ours", _company);
        Assert.Equal(204, await AnswerAsync("""{"document_type":"ours"}"""));
        await _host.UntilAsync(_document, d => d.Type == type);
    }

    [Fact]
    public async Task A_wrong_value_for_a_task_that_is_over_is_gone()
    {
        var stranger = await UserAsync(await _host.CompanyAsync());
        Assert.Equal(204, await AnswerAsync("{}"));
        Assert.Equal(410, await AnswerAsync($$$"""{"user_access":["{{{stranger}}}"]}"""));
    }

    private Task<int> AnswerAsync(string json) => _hydrater.AnswerAsync(_call, json);

    private async Task ExpectFailureAsync(string parameter)
    {
        var failed = await _host.UntilAsync(_document, d => d.Hydration.ErroredBy == _hydrater.Url);
        Assert.Contains(parameter, failed.Hydration.Error, StringComparison.Ordinal);
        Assert.Equal("""{"kept":1}""", failed.Metadata.ToString());
        Assert.Equal((_document.Type, _document.UserAccess), (failed.Type, failed.UserAccess));
    }

    private async Task<UserId> UserAsync(CompanyId company)
    {
        var id = new UserId(HydrationHost.NewId());
        var user = new User
        {
            Id = id,
            Company = company,
            Email = $"{id}@example.org",
            Name = "Somebody",
            PasswordHash = "",
        };
        Assert.True(await _host.Get<IUserStore>().AddAsync(user, CancellationToken.None));
        return id;
    }

    private async Task<DocumentTypeId> PutTypeAsync(string name, CompanyId owner)
    {
        var type = Sample.Types.Find("file")! with
        {
            Id = new DocumentTypeId(HydrationHost.NewId()),
            Name = name,
            Owner = owner,
        };
        await _host.Get<IDocumentTypeStore>().PutBuiltInAsync(type, CancellationToken.None);
        _host.Get<DocumentTypeCatalog>().Invalidate();
        return type.Id;
    }
}
