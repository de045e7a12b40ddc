using System.Diagnostics;
using System.IO.Pipelines;
using AnyFetch.Api.Errors;
using AnyFetch.Api.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace AnyFetch.Server.Http;

/// <summary>
/// Gives requests that are no HTTP, or break a bound of <see cref="HttpOptions"/>, the documented error: Kestrel tells of
/// them by an event just before it answers with nothing but a status.
/// </summary>
internal sealed class RejectedRequests : IObserver<KeyValuePair<string, object?>>
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private static readonly string s_headers =
        "Content-Type: application/json; charset=utf-8\r\n"
        + string.Concat(ApiHeaders.All.Select(h => $"{h.Name}: {h.Value}\r\n"));

    /// <summary>Listens to Kestrel's events; nothing but this one is asked for, so that others cost nothing.</summary>
    public static void Watch(DiagnosticListener listener) => listener.Subscribe(new RejectedRequests(), name => name == Event);

    /// <summary>Lets the answers on the connections of an address be completed.</summary>
    public static void Use(ListenOptions listen) => listen.Use(next => async connection =>
    {
        var writer = new RejectionWriter(connection.Transport.Output);
        connection.Transport = new Duplex(connection.Transport.Input, writer);
        connection.Features.Set(writer);
        await next(connection).ConfigureAwait(false);
    });

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection features
            && features.Get<RejectionWriter>() is { } writer
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException fault
            && features.Get<IHttpRequestFeature>()?.Method != HttpMethods.Head)
        {
            writer.Reject(s_headers, ErrorWriter.ToJson(RequestFaults.ErrorOf(fault)).ToArray());
        }
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
        // The server has stopped.
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        // The listener has no errors of its own.
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
