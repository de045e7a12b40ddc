using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydraters;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Hydraters;

/// <summary>
/// The server's own program as a hydration worker: the built-in hydraters and nothing else of the server. It is started by a
/// server, not by people.
/// </summary>
public static class HydrationWorker
{
    /// <summary>The first argument of a worker; what is configured of the hydraters follows.</summary>
    public const string Command = "hydration-worker";

    private const string ProgramName = "anyfetch";

    /// <summary>Serves its host until that is gone. The settings are what the host has configured of the hydraters.</summary>
    public static void Run(IReadOnlyList<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var collection = new ServiceCollection();
        if (settings.Count > 0)
        {
            BuiltInHydraterSections.Register(collection, settings);
        }

        using var services = collection.AddBuiltInHydraters().BuildServiceProvider();
        var hydraters = new Lazy<Dictionary<string, IHydrater>>(
            () => services.GetServices<IHydrater>().ToDictionary(h => h.Descriptor.ShortName, StringComparer.Ordinal));
        IsolationWorker.Run(name => hydraters.Value.GetValueOrDefault(name));
    }

    /// <summary>How the server starts workers; null when it is not to.</summary>
    internal static IsolationOptions? OptionsOf(HydraterHostingOptions hosting, IReadOnlyList<string> settings)
    {
        if (!hosting.Isolate)
        {
            return null;
        }

        var options = new IsolationOptions
        {
            Program = Path.Combine(AppContext.BaseDirectory, ProgramName),
            Arguments = [Command, .. settings],
            HeapBytesMax = (long)hosting.WorkerMebibytesMax << 20,
            IdleSeconds = hosting.WorkerIdleSeconds,
        };
        return hosting.WorkersMax == 0 ? options : options with { WorkersMax = hosting.WorkersMax };
    }
}
