using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;

namespace AnyFetch.Storage.Tests.Accounts;

public abstract class AccountStoresSuite(StoreHost host) : StoreSuite(host)
{
    private ICompanyStore Companies => Host.Get<ICompanyStore>();

    private IUserStore Users => Host.Get<IUserStore>();

    private IAccessTokenStore Tokens => Host.Get<IAccessTokenStore>();

    private IClientStore Clients => Host.Get<IClientStore>();

    [Fact]
    public async Task A_company_comes_back_as_it_was_stored_and_its_name_is_its_own()
    {
        var company = NewCompany() with
        {
            Parent = StoreHost.NewCompany(),
            IsSecure = true,
            LastUpdate = Host.Time.GetUtcNow(),
            Hydration = new CompanyHydration
            {
                Languages = ["deu", "chi_sim"], JunkNames = ["*.\"é"], JunkFolders = [], CallbackSeconds = 60, KeepsOriginals = true,
            },
        };
        Assert.True(await Companies.AddAsync(company, None));
        Assert.False(await Companies.AddAsync(NewCompany() with { Name = company.Name }, None));
        Assert.Equivalent(company, await Companies.FindAsync(company.Id, None), strict: true);

        var other = NewCompany();
        await Companies.AddAsync(other, None);
        Assert.False(await Companies.UpdateAsync(other with { Name = company.Name }, None));
        Assert.True(await Companies.UpdateAsync(company with { DocumentsPerUpdate = 7, Hydraters = [] }, None));
        Assert.Equal(7, (await Companies.FindAsync(company.Id, None))!.DocumentsPerUpdate);
        await Companies.UpdateAsync(company with { Hydration = new CompanyHydration { JunkNames = [] } }, None);
        var hydration = (await Companies.FindAsync(company.Id, None))!.Hydration;
        Assert.Equivalent(new CompanyHydration { JunkNames = [] }, hydration, strict: true);
        await Companies.UpdateAsync(company with { Hydration = new CompanyHydration() }, None);
        Assert.Same(CompanyHydration.Unsaid, (await Companies.FindAsync(company.Id, None))!.Hydration);
    }

    [Fact]
    public async Task Parents_are_listed_before_their_children()
    {
        var child = NewCompany();
        var parent = NewCompany();
        await Companies.AddAsync(child with { Parent = parent.Id }, None);
        await Companies.AddAsync(parent, None);
        var ids = (await Companies.ListAsync(None)).Select(company => company.Id).ToList();
        Assert.True(ids.IndexOf(parent.Id) < ids.IndexOf(child.Id));
        Assert.Equal(child.Id, Assert.Single(await Companies.ListChildrenAsync(parent.Id, None)).Id);
        Assert.Equal(1, (await Companies.CountAsync(parent.Id, None)).Subcompanies);
    }

    [Fact]
    public async Task An_email_address_belongs_to_one_user_whatever_its_case()
    {
        var (_, user) = await AddUserAsync();
        Assert.Equal(user, await Users.FindByEmailAsync(user.Email.ToUpperInvariant(), None));
        Assert.False(await Users.AddAsync(NewUser(user.Company) with { Email = user.Email.ToUpperInvariant() }, None));
        var other = NewUser(user.Company);
        Assert.True(await Users.AddAsync(other, None));
        Assert.Equal(UserChange.EmailTaken, await Users.UpdateAsync(other with { Email = user.Email }, None));
        Assert.Equal(UserChange.EmailTaken, await Users.AddWithCompanyAsync(NewCompany(), NewUser() with { Email = user.Email }, None));
    }

    [Fact]
    public async Task A_company_keeps_its_last_administrator()
    {
        var (company, admin) = await AddUserAsync();
        var other = NewUser(company.Id) with { IsAdmin = true };
        Assert.Equal(UserChange.LastAdmin, await Users.RemoveAsync(admin.Id, None));
        Assert.Equal(UserChange.LastAdmin, await Users.UpdateAsync(admin with { IsAdmin = false }, None));
        Assert.True(await Users.AddAsync(other, None));

        var demotions = await Task.WhenAll(
            Users.UpdateAsync(admin with { IsAdmin = false }, None).AsTask(),
            Users.UpdateAsync(other with { IsAdmin = false }, None).AsTask());

        Assert.Equal([UserChange.Done, UserChange.LastAdmin], demotions.Order());
        Assert.Equal(UserChange.Unknown, await Users.RemoveAsync(new UserId(StoreHost.NewId()), None));
        Assert.False(await Users.IsEmptyAsync(None));
    }

    [Fact]
    public async Task A_token_is_found_by_its_secret_and_keeps_its_state()
    {
        var (_, user) = await AddUserAsync();
        var (token, secret) = await AddTokenAsync(user);

        Assert.Equal(token, await Tokens.FindBySecretAsync(secret, None));
        Assert.Null(await Tokens.FindBySecretAsync(TokenSecret.Hash("other"), None));
        var later = token.LastUsed.AddMinutes(5);
        await Tokens.TouchAsync([new(token.Id, later), new(new AccessTokenId(StoreHost.NewId()), later)], None);
        Assert.True(await Tokens.SetRequireRefreshAsync(token.Id, true, None));
        await Tokens.SetProvidingSinceAsync(token.Id, later, None);
        Assert.Equal(
            token with { LastUsed = later, RequireRefresh = true, ProvidingSince = later },
            await Tokens.FindAsync(token.Id, None));
        Assert.True(await Tokens.SetAccountNameAsync(token.Id, "me@dropbox", None));
        var named = (await Tokens.ListAsync(user.Id, None)).Single();
        Assert.Equal(("me@dropbox", false), (named.AccountName, named.RequireRefresh));
        Assert.False(await Tokens.SetAccountNameAsync(new AccessTokenId(StoreHost.NewId()), "", None));
    }

    [Fact]
    public async Task A_user_has_one_basic_token_however_often_it_is_asked_for()
    {
        var (_, user) = await AddUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Tokens.GetOrAddBasicAsync(
            NewToken(user) with { IsBasicToken = true }, TokenSecret.Hash($"{user.Id}{number}"), $"p{number}", None).AsTask()));
        Assert.Single(answers.Select(answer => (answer.Token.Id, answer.ProtectedSecret)).Distinct());
    }

    [Fact]
    public async Task Removing_a_token_removes_its_documents_and_tells_the_feed()
    {
        var (company, user) = await AddUserAsync();
        var (token, secret) = await AddTokenAsync(user);
        var documents = await Task.WhenAll(Enumerable.Range(0, 1_100).Select(
            number => Host.PutAsync(StoreHost.NewDocument(company.Id, token.Id, $"{number}"))));
        Assert.Equal(new CompanyCounts(1_100, 1, 0), await Companies.CountAsync(company.Id, None));

        var end = (await Host.ReadFeedAsync(company.Id, 1_100))[^1].Position;

        Assert.True(await Tokens.RemoveAsync(token.Id, None));

        Assert.False(await Tokens.RemoveAsync(token.Id, None));
        Assert.Null(await Tokens.FindBySecretAsync(secret, None));
        Assert.Equal(0, (await Companies.CountAsync(company.Id, None)).Documents);
        var entries = await Host.ReadFeedAsync(company.Id, 1_100, end);
        Assert.Equal(1_100, entries.Count);
        Assert.All(entries, entry => Assert.Null(entry.Document));
        Assert.Equal(documents.Select(d => d.Id).ToHashSet(), entries.Select(entry => entry.Id).ToHashSet());
    }

    [Fact]
    public async Task A_replaced_token_hands_its_documents_over()
    {
        var (company, user) = await AddUserAsync();
        var (old, secret) = await AddTokenAsync(user);
        var document = await Host.PutAsync(StoreHost.NewDocument(company.Id, old.Id, "one"));
        var created = (await Host.ReadFeedAsync(company.Id, 1)).Single();
        var next = NewToken(user);
        await Tokens.ReplaceAsync(old.Id, next, TokenSecret.Hash($"{next.Id}"), None);

        Assert.Null(await Tokens.FindBySecretAsync(secret, None));
        var key = DocumentKey.ByIdentifier(company.Id, next.Id, document.Identifier);
        Assert.Equal(document.Id, (await Documents.FindAsync(key, None))!.Id);
        var moved = await Host.ReadFeedAsync(company.Id, 1, created.Position);
        Assert.Equal(next.Id, Assert.Single(moved).Document!.Provider);
    }

    [Fact]
    public async Task Removing_a_company_leaves_nothing_of_it()
    {
        var (company, user) = await AddUserAsync();
        var (token, _) = await AddTokenAsync(user);
        var document = await Host.PutAsync(StoreHost.NewDocument(company.Id, token.Id, "one"));
        await Companies.RemoveAsync(company.Id, None);
        Assert.Null(await Companies.FindAsync(company.Id, None));
        Assert.Null(await Users.FindAsync(user.Id, None));
        Assert.Null(await Tokens.FindAsync(token.Id, None));
        Assert.Null(await Documents.FindAsync(DocumentKey.ById(company.Id, document.Id), None));
    }

    [Fact]
    public async Task Removing_a_user_removes_tokens_and_documents()
    {
        var (company, _) = await AddUserAsync();
        var user = NewUser(company.Id);
        await Users.AddAsync(user, None);
        var (token, _) = await AddTokenAsync(user);
        await Host.PutAsync(StoreHost.NewDocument(company.Id, token.Id, "one"));
        Assert.Equal(UserChange.Done, await Users.RemoveAsync(user.Id, None));
        Assert.Empty(await Tokens.ListAsync(user.Id, None));
        Assert.Equal(0, (await Companies.CountAsync(company.Id, None)).Documents);
    }

    [Fact]
    public async Task A_client_keeps_its_secret_when_it_is_changed_without_one()
    {
        var client = new Client
        {
            Id = new ClientId(StoreHost.NewId()), Name = "Dropbox", RedirectUri = Client.OutOfBand,
            ProviderUrl = "https://p", Scopes = ScopeNames.Provider, IsTrusted = true,
        };
        await Clients.PutAsync(client, TokenSecret.Hash("s"), None);
        await Clients.PutAsync(client with { Name = "Box" }, null, None);
        Assert.Equal(client with { Name = "Box" }, await Clients.FindAsync(client.Id, None));
        Assert.True(await Clients.VerifySecretAsync(client.Id, TokenSecret.Hash("s"), None));
        Assert.False(await Clients.VerifySecretAsync(client.Id, TokenSecret.Hash("t"), None));
        Assert.False(await Clients.VerifySecretAsync(new ClientId(StoreHost.NewId()), TokenSecret.Hash("s"), None));
        Assert.Contains(await Clients.ListAsync(None), found => found.Id == client.Id);
    }

    [Fact]
    public async Task A_code_is_spent_by_one_of_many()
    {
        var hash = TokenSecret.Hash($"{StoreHost.NewId()}");
        var code = new AuthorizationCode
        {
            Client = new ClientId(StoreHost.NewId()), User = new UserId(StoreHost.NewId()), Scopes = Scopes.All,
            RedirectUri = "https://x", ExpiresAt = Host.Time.GetUtcNow(),
        };
        await Clients.AddCodeAsync(hash, code, None);
        Assert.Equal(code, await Clients.FindCodeAsync(hash, None));
        var spent = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Clients.SpendCodeAsync(hash, new AccessTokenId(StoreHost.NewId()), None).AsTask()));
        Assert.Single(spent, won => won);
        Assert.NotNull((await Clients.FindCodeAsync(hash, None))!.SpentOn);
        byte[] other = [.. hash.Reverse()];
        await Clients.AddCodeAsync(other, code, None);
        await Clients.RemoveCodeAsync(other, None);
        Assert.Null(await Clients.FindCodeAsync(other, None));
        await Clients.RemoveExpiredCodesAsync(code.ExpiresAt.AddMinutes(1), None);
        Assert.Null(await Clients.FindCodeAsync(hash, None));
    }

    [Fact]
    public async Task A_type_that_a_document_uses_stays()
    {
        var types = Host.Get<IDocumentTypeStore>();
        var texts = new ViewTexts("t", "s", "f");
        var type = new DocumentType
        {
            Id = new DocumentTypeId(StoreHost.NewId()), Name = $"type-{Company}", Description = "d", Owner = Company,
            Templates = texts, Projections = texts, Mapping = JsonFields.FromText("""{"a":"text"}"""),
        };
        Assert.True(await types.AddAsync(type, None));
        Assert.False(await types.AddAsync(type with { Id = new DocumentTypeId(StoreHost.NewId()) }, None));
        Assert.True(await types.UpdateAsync(type with { Description = "e" }, None));
        Assert.Equal("e", (await types.ListAsync(None)).Single(found => found.Id == type.Id).Description);
        var document = await Host.PutAsync(NewDocument() with { Type = type.Id });
        Assert.False(await types.RemoveAsync(type.Id, [Company], None));
        await Host.DeleteAsync(document);
        Assert.True(await types.RemoveAsync(type.Id, [Company], None));
        await types.PutBuiltInAsync(type, None);
        await types.PutBuiltInAsync(type with { Name = type.Name + "2" }, None);
        Assert.Equal(type.Name + "2", (await types.ListAsync(None)).Single(found => found.Id == type.Id).Name);
    }

    [Fact]
    public async Task Companies_follow_their_hydraters()
    {
        var hydraters = Host.Get<IHydraterStore>();
        var company = NewCompany();
        await Companies.AddAsync(company, None);
        var own = NewHydrater($"https://own/{company.Id}") with { Owner = company.Id, Excludes = ["https://x"] };
        Assert.True(await hydraters.AddAsync(own, None));
        Assert.False(await hydraters.AddAsync(NewHydrater(own.Url), None));
        Assert.Equal([.. company.Hydraters, own.Url], (await Companies.FindAsync(company.Id, None))!.Hydraters);

        var moved = own with { Url = own.Url + "/new" };
        await hydraters.PutAsync(moved, None);
        Assert.Equal([.. company.Hydraters, moved.Url], (await Companies.FindAsync(company.Id, None))!.Hydraters);
        Assert.Equivalent(moved, (await hydraters.ListAsync(None)).Single(found => found.Id == own.Id), strict: true);
        Assert.True(await hydraters.RemoveAsync(own.Id, None));
        Assert.False(await hydraters.RemoveAsync(own.Id, None));
        Assert.Equal(company.Hydraters, (await Companies.FindAsync(company.Id, None))!.Hydraters);
    }

    [Fact]
    public async Task Companies_get_the_hydraters_of_a_new_version_once()
    {
        var hydraters = Host.Get<IHydraterStore>();
        var company = NewCompany();
        var idle = NewCompany() with { Hydraters = [] };
        await Companies.AddAsync(company, None);
        await Companies.AddAsync(idle, None);
        var added = NewHydrater($"https://built-in/{company.Id}");
        var optional = NewHydrater($"https://optional/{company.Id}");
        await hydraters.PutBuiltInAsync(added, isDefault: true, None);
        await hydraters.PutBuiltInAsync(optional, isDefault: false, None);
        Assert.Equal([.. company.Hydraters, added.Url], (await Companies.FindAsync(company.Id, None))!.Hydraters);
        Assert.Empty((await Companies.FindAsync(idle.Id, None))!.Hydraters);

        await Companies.UpdateAsync(company, None);
        await hydraters.PutBuiltInAsync(added, isDefault: true, None);
        Assert.Equal(company.Hydraters, (await Companies.FindAsync(company.Id, None))!.Hydraters);

        await Companies.UpdateAsync(company with { Hydraters = [added.Url, .. company.Hydraters] }, None);
        await hydraters.PutBuiltInAsync(added with { Url = added.Url + "/moved" }, isDefault: true, None);
        Assert.Equal([added.Url + "/moved", .. company.Hydraters], (await Companies.FindAsync(company.Id, None))!.Hydraters);
        await hydraters.RemoveAsync(added.Id, None);
        await hydraters.RemoveAsync(optional.Id, None);
    }

    private static Hydrater NewHydrater(string url) => new()
    {
        Id = new HydraterId(StoreHost.NewId()), Url = url, ShortName = "h", Description = "d", Filters = "[{}]", Priority = -2,
    };

    private static Company NewCompany()
    {
        var id = StoreHost.NewCompany();
        return new Company { Id = id, Name = $"company {id}", Hydraters = ["https://h/1"] };
    }

    private static User NewUser(CompanyId? company = null)
    {
        var id = new UserId(StoreHost.NewId());
        return new User
        {
            Id = id, Company = company ?? StoreHost.NewCompany(), Email = $"Zoë+{id}@example.org", Name = "Zoë", PasswordHash = "hash",
        };
    }

    private AccessToken NewToken(User user) => new()
    {
        Id = new AccessTokenId(StoreHost.NewId()), User = user.Id, Company = user.Company, Scopes = ScopeNames.Provider,
        CreatedAt = Host.Time.GetUtcNow(), LastUsed = Host.Time.GetUtcNow(), Client = new ClientId(StoreHost.NewId()),
    };

    private async Task<(Company Company, User Admin)> AddUserAsync()
    {
        var company = NewCompany();
        var user = NewUser(company.Id) with { IsAdmin = true };
        Assert.Equal(UserChange.Done, await Users.AddWithCompanyAsync(company, user, None));
        Assert.Equal(UserChange.CompanyNameTaken, await Users.AddWithCompanyAsync(NewCompany() with { Name = company.Name }, NewUser(), None));
        return (company, user);
    }

    private async Task<(AccessToken Token, ReadOnlyMemory<byte> Secret)> AddTokenAsync(User user)
    {
        var token = NewToken(user);
        var secret = TokenSecret.Hash($"{token.Id}");
        await Tokens.AddAsync(token, secret, None);
        return (token, secret);
    }
}
