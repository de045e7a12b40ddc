using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Providers.LocalDirectory.Agent;

namespace AnyFetch.Cli.Output;

/// <summary>What <c>watch</c> tells: lines for people, or a JSON object a line.</summary>
internal sealed class WatchOutput(bool asJson)
{
    public void Watching(string directory, string server)
    {
        if (!asJson)
        {
            Console.WriteLine($"Watching {directory} for {server}. Ctrl-C stops.");
        }
    }

    public void Compared(AgentPass pass)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(pass, WatchJson.Default.AgentPass));
            return;
        }

        if (pass is not { Sent: 0, Deleted: 0, Failed: 0, Withheld: 0 })
        {
            Console.WriteLine($"{pass.Sent} sent, {pass.Deleted} deleted, {pass.Failed} failed.");
        }

        foreach (var failure in pass.Failures)
        {
            Console.Error.WriteLine($"failed  {failure.Path}: {failure.Reason}");
        }

        if (pass.Withheld > 0)
        {
            Console.Error.WriteLine(
                $"{pass.Withheld} files are missing at once: nothing was deleted. Start it with --force if that is right.");
        }
    }

    public void Away(string reason)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new AwayView(reason), WatchJson.Default.AwayView));
        }
        else
        {
            Console.Error.WriteLine($"{reason} Trying again.");
        }
    }
}

/// <summary>Why a comparison could not be made.</summary>
internal sealed record AwayView(string Away);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AgentPass))]
[JsonSerializable(typeof(AwayView))]
internal sealed partial class WatchJson : JsonSerializerContext;
