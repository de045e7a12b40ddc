using System.Net;
using AnyFetch.Provider;
using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>A refusal of Evernote (Errors.thrift), and what follows from it.</summary>
internal sealed record EvernoteFault
{
    private const int Unknown = 1;
    private const int PermissionDenied = 3;
    private const int InternalError = 4;
    private const int InvalidAuth = 8;
    private const int AuthExpired = 9;
    private const int ShardUnavailable = 12;
    private const int RateLimitReached = 19;

    private int Code { get; set; }

    private int? RateLimitSeconds { get; set; }

    /// <summary>EDAMUserException and EDAMSystemException: both begin with the error's code.</summary>
    public static EvernoteFault Read(ThriftReader reader)
    {
        var fault = new EvernoteFault();
        while (reader.Next(out var field))
        {
            switch (field)
            {
                case (1, ThriftType.Int32):
                    fault.Code = reader.ReadInt32();
                    break;
                case (3, ThriftType.Int32):
                    fault.RateLimitSeconds = reader.ReadInt32();
                    break;
                default:
                    reader.Skip(field.Type);
                    break;
            }
        }

        return fault;
    }

    public Exception ToException() => Code switch
    {
        InvalidAuth or AuthExpired => new TokenException("Evernote no longer grants access: reconnect it."),
        RateLimitReached => new SourceException(
            HttpStatusCode.TooManyRequests,
            "Evernote asks to wait.",
            RateLimitSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null),
        Unknown or InternalError or ShardUnavailable => new SourceException(
            HttpStatusCode.ServiceUnavailable, $"Evernote cannot answer now (error {Code})."),
        PermissionDenied => new SourceException(HttpStatusCode.Forbidden, "Evernote does not permit to read this."),
        _ => new SourceException(HttpStatusCode.BadRequest, $"Evernote refused (error {Code})."),
    };
}
