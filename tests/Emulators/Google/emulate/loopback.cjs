// Loaded before the emulator: it would listen on all addresses of the machine, and names no option for that.
const net = require("net");
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number"
    ? listen.call(this, port, "127.0.0.1", ...rest.filter((argument) => typeof argument === "function"))
    : listen.call(this, port, ...rest);
};
