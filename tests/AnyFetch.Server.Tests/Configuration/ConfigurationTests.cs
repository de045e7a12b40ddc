using AnyFetch.Hydration;
using AnyFetch.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace AnyFetch.Server.Tests.Configuration;

public sealed class ConfigurationTests
{
    [Fact]
    public void An_unknown_key_is_a_fault_and_the_key_that_was_meant_is_named()
    {
        var fault = Assert.Single(FindFaults(("ConnectionsMax", "5")));

        Assert.Contains("ConnectionsMax is no key", fault, StringComparison.Ordinal);
        Assert.Contains("Http:ConnectionsMax", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_a_fault_that_says_what_is_allowed()
    {
        var faults = FindFaults(("Http:ConnectionsMax", "many"), ("Log:Level", "loud"));

        Assert.Contains(faults, f => f == "Http:ConnectionsMax: 'many' is not allowed; allowed: a whole number.");
        Assert.Contains(faults, f => f.StartsWith("Log:Level: 'loud' is not allowed; allowed: Trace, Debug", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_out_of_bounds_is_told_at_once()
    {
        var faults = FindFaults(("Http:ConnectionsMax", "0"), ("ShutdownSeconds", "9999"), ("Roles:0", "chef"), ("Log:Format", "xml"));

        Assert.Equal(4, faults.Count);
        Assert.Contains(faults, f => f.Contains("'chef' is no role; allowed: api, worker, search.", StringComparison.Ordinal));
        Assert.Contains(faults, f => f == "Log:Format: allowed: text, json.");
    }

    [Theory]
    [InlineData("ftp://here")]
    [InlineData("8080")]
    [InlineData("http://a/path")]
    public void An_address_to_listen_on_must_be_one(string url) =>
        Assert.Contains("is no address", Assert.Single(FindFaults(("Urls", url))), StringComparison.Ordinal);

    [Theory]
    [InlineData("ANYFETCH_HTTP_CONNECTIONS_MAX")]
    [InlineData("ANYFETCH_Http__ConnectionsMax")]
    [InlineData("anyfetch_http_connectionsmax")]
    public void A_variable_names_a_key_with_or_without_underscores_between_words(string name)
    {
        var (settings, unknown) = Read((name, "7"));

        Assert.Empty(unknown);
        Assert.Equal("7", settings["Http:ConnectionsMax"]);
    }

    [Fact]
    public void The_variables_of_the_first_administrator_are_those_of_the_manual()
    {
        var (settings, unknown) = Read(("ANYFETCH_ADMIN_EMAIL", "a@b.c"), ("ANYFETCH_ADMIN_PASSWORD", "x"));

        Assert.Empty(unknown);
        Assert.Equal("a@b.c", settings["Admin:Email"]);
        Assert.Equal("x", settings["Admin:Password"]);
    }

    [Fact]
    public void A_list_in_a_variable_is_numbered_or_has_commas()
    {
        Assert.Equal("api", Read(("ANYFETCH_ROLES__0", "api")).Settings["Roles:0"]);
        Assert.Equal("api,search", Read(("ANYFETCH_ROLES", "api,search")).Settings["Roles"]);
    }

    [Fact]
    public void A_variable_that_fits_no_key_is_told() =>
        Assert.Equal(["ANYFETCH_COLOUR"], Read(("ANYFETCH_COLOUR", "red"), ("PATH", "/bin")).Unknown);

    [Fact]
    public void Every_key_has_the_variable_that_reads_back_to_it()
    {
        foreach (var key in OptionSections.All.SelectMany(s => s.Keys))
        {
            var (settings, unknown) = Read((key.EnvironmentName, "x"));

            Assert.Empty(unknown);
            Assert.Equal(key.Path, settings.Single().Key);
        }
    }

    [Fact]
    public void A_list_that_is_given_stands_instead_of_the_default()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Hydration:RetrySeconds:0", "7")]).Build();
        var options = new HydrationOptions();
        OptionSection.Bind(configuration, HydrationOptions.Section, options);
        Assert.Equal([7], options.RetrySeconds);
        Assert.Equal(new HydrationOptions().CallRetrySeconds, options.CallRetrySeconds);
    }

    private static IReadOnlyList<string> FindFaults(params (string Key, string Value)[] values)
    {
        var settings = new ServerSettings
        {
            Overrides = values.ToDictionary(v => v.Key, v => (string?)v.Value),
            UsesEnvironment = false,
        };
        try
        {
            ServerConfiguration.Load(settings, OptionSections.All);
            return [];
        }
        catch (ConfigurationFaultException e)
        {
            return e.Faults;
        }
    }

    private static (IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> Unknown) Read(
        params (string Key, string Value)[] variables) =>
        EnvironmentKeys.Read(
            variables.ToDictionary(v => v.Key, v => v.Value),
            OptionSections.All.SelectMany(s => s.Keys),
            new HashSet<string>());
}
