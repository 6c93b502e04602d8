//! `config.json` of BERT and XLM-RoBERTa: how large the model is and which variant.

use serde::Deserialize;

use super::Activation;

/// The id of padding in the XLM-RoBERTa family where `config.json` does not say: what the library
/// that writes the file leaves out is its default.
const XLM_ROBERTA_PADDING: u32 = 1;

/// Sizes and variants, checked against each other.
#[derive(Debug, Deserialize)]
pub(in crate::embed) struct Config {
    model_type: String,
    pub(super) vocab_size: usize,
    pub(super) hidden_size: usize,
    pub(super) num_hidden_layers: usize,
    pub(super) num_attention_heads: usize,
    pub(super) intermediate_size: usize,
    pub(super) hidden_act: Activation,
    pub(super) layer_norm_eps: f32,
    pub(super) max_position_embeddings: usize,
    pub(super) type_vocab_size: usize,
    pad_token_id: Option<u32>,
    #[serde(default = "absolute")]
    position_embedding_type: String,
}

fn absolute() -> String {
    "absolute".to_owned()
}

impl Config {
    /// Reads `bytes`, or says why they describe no model that can be computed.
    pub(in crate::embed) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let config: Self = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        let sizes = [
            ("vocab_size", config.vocab_size),
            ("hidden_size", config.hidden_size),
            ("num_attention_heads", config.num_attention_heads),
            ("intermediate_size", config.intermediate_size),
            ("type_vocab_size", config.type_vocab_size),
        ];
        if let Some((name, _)) = sizes.iter().find(|(_, size)| *size == 0) {
            return Err(format!("`{name}` is 0"));
        }
        if !config
            .hidden_size
            .is_multiple_of(config.num_attention_heads)
        {
            return Err(format!(
                "`hidden_size` {} is no multiple of `num_attention_heads` {}",
                config.hidden_size, config.num_attention_heads
            ));
        }
        if config.position_embedding_type != "absolute" {
            return Err(format!(
                "`position_embedding_type` is `{}`, but this program computes `absolute`",
                config.position_embedding_type
            ));
        }
        match config.n_positions() {
            0 => Err("`max_position_embeddings` leaves no position for a text".to_owned()),
            _ => Ok(config),
        }
    }

    /// The id after which positions are counted, in models that count from behind their padding.
    ///
    /// They give padding a position of its own, the one with the padding's id; the first token of
    /// a text has the next one.
    pub(super) fn padding(&self) -> Option<u32> {
        let padding = self.pad_token_id.unwrap_or(XLM_ROBERTA_PADDING);
        (self.model_type == "xlm-roberta").then_some(padding)
    }

    /// Tokens that have a position.
    pub(super) fn n_positions(&self) -> usize {
        let n_reserved = self.padding().map_or(0, |id| id as usize + 1);
        self.max_position_embeddings.saturating_sub(n_reserved)
    }

    /// Numbers of a vector that one attention head works on.
    pub(super) fn head_size(&self) -> usize {
        self.hidden_size / self.num_attention_heads
    }
}
