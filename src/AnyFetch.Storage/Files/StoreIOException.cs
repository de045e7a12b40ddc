namespace AnyFetch.Storage.Files;

/// <summary>Tells the store's own input and output faults from those of the stream that it is given.</summary>
internal sealed class StoreIOException(IOException cause) : Exception(cause.Message, cause)
{
    public IOException Cause { get; } = cause;

    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException fault)
        {
            throw new StoreIOException(fault);
        }
    }

    public static async ValueTask GuardAsync(ValueTask work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new StoreIOException(fault);
        }
    }
}
