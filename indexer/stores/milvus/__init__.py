"""A store on a Milvus server, for more than one machine; needs the extra ``milvus``."""
