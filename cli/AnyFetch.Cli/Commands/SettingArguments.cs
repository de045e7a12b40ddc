using AnyFetch.Server;

namespace AnyFetch.Cli.Commands;

/// <summary>Turns the command line's options into the server's settings.</summary>
internal static class SettingArguments
{
    public static ServerSettings Of(string? data, string? urls, string? config, IEnumerable<string>? set)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (data is not null)
        {
            overrides["Data"] = Path.GetFullPath(data);
        }

        if (urls is not null)
        {
            overrides["Urls"] = urls;
        }

        foreach (var setting in set ?? [])
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            overrides[equals > 0 ? setting[..equals] : throw new CommandFailedException(
                ExitCode.Usage, $"--set {setting}: write KEY=VALUE.")] = setting[(equals + 1)..];
        }

        return new ServerSettings { Overrides = overrides, ConfigurationFile = config };
    }
}
