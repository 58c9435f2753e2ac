/* Search from a disk. Browsers start no worker from a file, so on file: a hidden frame does its work: it gets the
   worker's script, and messages go to and fro. Served pages are left alone. */
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "search";
      document.body.append(frame);
      const room = this.room = frame.contentWindow;
      room.document.open();
      room.document.write("<!doctype html><html><body></body></html>");
      room.document.close();
      room.postMessage = (data) => {
        setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
      };
      room.importScripts = (...scripts) => Promise.all(scripts.map((each) => this.load(each)));
      this.ready = this.load(address);
    }

    load(address) {
      return new Promise((done, failed) => {
        const script = this.room.document.createElement("script");
        script.src = new URL(address, location.href).href;
        script.onload = done;
        script.onerror = failed;
        this.room.document.body.append(script);
      });
    }

    postMessage(data) {
      this.ready = this.ready.then(() => {
        this.room.dispatchEvent(new this.room.MessageEvent("message", { data }));
      });
    }
  };
}
