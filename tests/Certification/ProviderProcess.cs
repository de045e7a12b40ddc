using System.Diagnostics;

namespace AnyFetch.Certification;

/// <summary>The provider's own process, for those who let the kit kill it.</summary>
internal sealed class ProviderProcess(CertificationOptions options, HttpClient http) : IAsyncDisposable
{
    private Process? _process;

    public bool IsOurs => options.Command is not null;

    /// <summary>Starts the provider, if it is ours, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Command is { } command)
        {
            _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec " + command])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;

            // Nobody reads it, and a full pipe would stop the provider.
            _process.OutputDataReceived += (_, _) => { };
            _process.ErrorDataReceived += (_, _) => { };
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        await Expect.WithinAsync(
            options.StepSecondsMax,
            () => IsUpAsync(cancellationToken),
            $"Nothing answers at {options.ProviderUrl}status.",
            cancellationToken);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
        _process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync(CancellationToken.None);
        }
    }

    private async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(options.ProviderUrl, "status"), cancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
